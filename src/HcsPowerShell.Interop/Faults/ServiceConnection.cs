using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Lifecycle;

namespace HcsPowerShell.Interop.Faults;

/// <summary>Ties handles to the service: when it is lost they are dead, and another one serves what comes later.</summary>
internal sealed class ServiceConnection
{
    private readonly HashSet<SystemState> _handles = [];
    private readonly TaskCompletionSource<bool> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isLost;

    /// <summary>The time in which the service can be called over this connection.</summary>
    public Lifetime Lifetime { get; } = new();

    /// <summary>Ties a handle to the connection.</summary>
    public void Add(SystemState handle)
    {
        lock (_handles)
        {
            if (!_isLost)
            {
                _handles.Add(handle);
                return;
            }
        }

        handle.Disconnect();
    }

    /// <summary>The handle is closed.</summary>
    public void Remove(SystemState handle)
    {
        lock (_handles)
        {
            _handles.Remove(handle);
        }
    }

    /// <summary>The service disconnects: what waits for it fails.</summary>
    public void Lose() => End(static handle => handle.Disconnect());

    /// <summary>The host ends: its exits it tells itself, and every call and pause is over.</summary>
    public void End() => End(static handle => handle.EndCalls(HResult.ServiceDisconnect));

    private void End(Action<SystemState> end)
    {
        SystemState[] handles;
        lock (_handles)
        {
            _isLost = true;
            handles = [.. _handles];
            _handles.Clear();
        }

        Lifetime.End(HResult.ServiceDisconnect);
        foreach (SystemState handle in handles)
        {
            end(handle);
        }

        _ended.TrySetResult(true);
    }

    /// <summary>Lets time pass; true when it has passed, false when the service has gone before.</summary>
    public async Task<bool> PauseAsync(TimeSpan time)
    {
        using CancellationTokenSource over = new();
        Task pause = Task.Delay(time, over.Token);
        await Task.WhenAny(pause, _ended.Task).ConfigureAwait(false);
        over.Cancel();
        return pause.Status == TaskStatus.RanToCompletion;
    }
}
