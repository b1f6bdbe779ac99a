using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Lifecycle;

namespace HcsPowerShell.Interop.Faults;

/// <summary>
/// Ties handles to the service. When the connection is lost, its handles can no longer be used, and another connection
/// serves later ones.
/// </summary>
internal sealed class ServiceConnection
{
    // An exit is reported at most one second after it happens, when its event does not come.
    private static readonly TimeSpan s_longestTelling = TimeSpan.FromSeconds(2);

    private readonly Dictionary<SystemSignals, IContainer> _handles = [];
    private readonly HashSet<Task> _tellings = [];
    private readonly TaskCompletionSource<bool> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isLost;

    /// <summary>The period in which the service can be called over this connection.</summary>
    public Lifetime Lifetime { get; } = new();

    /// <summary>Ties a handle to the connection.</summary>
    /// <param name="handle">The handle.</param>
    /// <param name="inner">The inner handle that it wraps.</param>
    public void Add(SystemSignals handle, IContainer inner)
    {
        lock (_handles)
        {
            if (!_isLost)
            {
                _handles.Add(handle, inner);
                return;
            }
        }

        handle.Disconnect();
    }

    /// <summary>Removes a handle that has been closed.</summary>
    public void Remove(SystemSignals handle)
    {
        lock (_handles)
        {
            _handles.Remove(handle);
        }
    }

    /// <summary>Ties the report of an exit to the connection.</summary>
    public void Add(Task telling)
    {
        lock (_tellings)
        {
            _tellings.Add(telling);
        }

        telling.Forget();
        telling.ContinueWith(Remove, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Disconnects the service: calls and waits on it fail.</summary>
    public void Lose() => End(static (handle, _) => handle.Disconnect());

    /// <summary>
    /// Ends the connection with the host. The host reports its exits itself, and every call and pause ends. Returns
    /// when the exits that the inner handles know of have been reported, except those that a plan withholds.
    /// </summary>
    public void End()
    {
        End(static (handle, inner) => handle.EndCalls(
            inner.Exited.Status == TaskStatus.RanToCompletion ? null : HResult.ServiceDisconnect));
        Task[] tellings;
        lock (_tellings)
        {
            tellings = [.. _tellings];
        }

        Task told = Task.WhenAll(tellings);
        told.Forget();
        Task.WhenAny(told, Task.Delay(s_longestTelling)).GetAwaiter().GetResult();
    }

    private void End(Action<SystemSignals, IContainer> end)
    {
        KeyValuePair<SystemSignals, IContainer>[] handles;
        lock (_handles)
        {
            _isLost = true;
            handles = [.. _handles];
            _handles.Clear();
        }

        Lifetime.End(HResult.ServiceDisconnect);
        foreach (KeyValuePair<SystemSignals, IContainer> handle in handles)
        {
            end(handle.Key, handle.Value);
        }

        _ended.TrySetResult(true);
    }

    /// <summary>Waits for a time; true when it has passed, false when the connection has ended before.</summary>
    public async Task<bool> PauseAsync(TimeSpan time)
    {
        using CancellationTokenSource over = new();
        Task pause = Task.Delay(time, over.Token);
        await Task.WhenAny(pause, _ended.Task).ConfigureAwait(false);
        over.Cancel();
        return pause.Status == TaskStatus.RanToCompletion;
    }

    private void Remove(Task telling)
    {
        lock (_tellings)
        {
            _tellings.Remove(telling);
        }
    }
}
