using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop.Lifecycle;

/// <summary>What is known of one system through one handle. Callbacks write it, whoever holds the handle reads it.</summary>
/// <remarks>It knows no handle: a callback table roots it, and must not keep a forgotten handle from its finalizer.
/// </remarks>
internal sealed class SystemState(string id)
{
    private static readonly TimeSpan s_graceForExits = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource<SystemExitStatus> _exit =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly SerialQueue _changes = new();
    private readonly SerialQueue _events = new();
    private readonly HashSet<ProcessState> _processes = [];
    private int _disconnected;

    internal event Action<ComputeSystemEvent>? EventReceived;

    internal string Id { get; } = id;

    internal Task<SystemExitStatus> Exited => _exit.Task;

    internal PendingWaits Waits { get; } = new();

    /// <summary>Queues work that a callback found: parsing does not belong on a thread of HCS.</summary>
    internal void Post(Action change) => _changes.Add(change);

    /// <summary>Queues an event; a slow subscriber holds up later events, never the state.</summary>
    internal void Report(ComputeSystemEventType type, string? document = null, uint? processId = null)
    {
        if (EventReceived is null)
        {
            return;
        }

        var received = new ComputeSystemEvent(type, Id, DateTimeOffset.UtcNow, processId, document);
        _events.Add(() => Tell(received));
    }

    /// <summary>Queues an event behind what the callbacks have queued before it.</summary>
    internal void ReportInOrder(ComputeSystemEventType type, string? document = null, uint? processId = null) =>
        Post(() => Report(type, document, processId));

    /// <summary>The system has ended; any later word of it is ignored.</summary>
    internal void Exit(SystemExitStatus status, string? document)
    {
        if (!_exit.TrySetResult(status))
        {
            return;
        }

        Report(ComputeSystemEventType.SystemExited, document);
        ProcessState[] left = Processes();
        if (left.Length != 0)
        {
            CheckAsync(left).Forget();
        }
    }

    /// <summary>The service has gone and took every handle with it.</summary>
    internal void Disconnect()
    {
        Waits.EndAll(HResult.ServiceDisconnect, forEver: true);
        if (Interlocked.Exchange(ref _disconnected, 1) != 0)
        {
            return;
        }

        Post(() =>
        {
            FailExit(HResult.ServiceDisconnect);
            foreach (ProcessState process in Processes())
            {
                process.Fail(HResult.ServiceDisconnect);
            }

            Report(ComputeSystemEventType.ServiceDisconnect);
        });
    }

    /// <summary>This handle is closed. That is no exit.</summary>
    internal void Close()
    {
        Waits.EndAll(HResult.InvalidHandle, forEver: true);
        FailExit(HResult.InvalidHandle);
    }

    internal void Attach(ProcessState process)
    {
        lock (_processes)
        {
            _processes.Add(process);
        }
    }

    internal void Detach(ProcessState process)
    {
        lock (_processes)
        {
            _processes.Remove(process);
        }
    }

    // One timer for all of them: their own exits usually arrive before it runs out.
    private static async Task CheckAsync(ProcessState[] processes)
    {
        await Task.Delay(s_graceForExits).ConfigureAwait(false);
        foreach (ProcessState process in processes)
        {
            await process.CheckAsync(systemHasExited: true).ConfigureAwait(false);
        }
    }

    private void Tell(ComputeSystemEvent received)
    {
        try
        {
            EventReceived?.Invoke(received);
        }
        catch (Exception)
        {
            // A subscriber's failure is its own: on a pool thread it would end the process.
        }
    }

    private ProcessState[] Processes()
    {
        lock (_processes)
        {
            return [.. _processes];
        }
    }

    private void FailExit(int hresult)
    {
        _exit.TrySetException(new HcsException(nameof(IContainer.Exited), hresult, Id));
        _exit.Task.Forget();
    }
}
