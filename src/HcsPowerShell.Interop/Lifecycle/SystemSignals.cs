using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop.Lifecycle;

/// <summary>
/// The state of one system as one handle knows it. Adapters write it; the holder of the handle reads it.
/// </summary>
/// <param name="id">Id of the system.</param>
/// <param name="limits">The times of the operations, if they are not the usual ones.</param>
internal sealed class SystemSignals(string id, Func<ComputeOperation, TimeSpan>? limits = null)
    : HandleSignals<SystemExitStatus>(id, HResult.SystemAlreadyStopped, limits)
{
    private static readonly TimeSpan s_graceForExits = TimeSpan.FromSeconds(1);

    private readonly SerialQueue _changes = new();
    private readonly SerialQueue _events = new();
    private readonly HashSet<ProcessSignals> _processes = [];
    private readonly object _subscribing = new();
    private Action<ComputeSystemEvent>? _received;
    private bool _isClosed;
    private int _disconnected;

    /// <summary>The subscribers of the events. A closed handle accepts no new ones.</summary>
    internal event Action<ComputeSystemEvent>? EventReceived
    {
        add
        {
            lock (_subscribing)
            {
                _received += _isClosed ? null : value;
            }
        }

        remove
        {
            lock (_subscribing)
            {
                _received -= value;
            }
        }
    }

    /// <summary>True when its events have a subscriber.</summary>
    internal bool IsWatched => _received is not null;

    /// <summary>True when the service has disconnected.</summary>
    internal bool IsDisconnected => Volatile.Read(ref _disconnected) != 0;

    /// <summary>The library calls that wait for their completion.</summary>
    internal PendingWaits Waits { get; } = new();

    private protected override string ExitFunction => nameof(IContainer.Exited);

    /// <summary>Queues work for a callback: parsing must not run on a thread of HCS.</summary>
    internal void Post(Action change) => _changes.Add(change);

    /// <summary>
    /// Runs an action that needs no parsing: now, if no earlier work of the callbacks is queued, otherwise after that
    /// work.
    /// </summary>
    internal void TellInTurn(Action change) => _changes.RunOrAdd(change);

    /// <summary>Queues an event. A slow subscriber delays later events, never the state.</summary>
    internal void Report(ComputeSystemEventType type, string? document = null, uint? processId = null) =>
        Report(new ComputeSystemEvent(type, Id, DateTimeOffset.UtcNow, processId, document));

    /// <summary>Queues an event of another handle on the system.</summary>
    internal void Report(ComputeSystemEvent received) => Report(received, _received);

    /// <summary>
    /// Queues an event after the work that the callbacks have queued before it. The current subscribers get it.
    /// </summary>
    internal void ReportInOrder(ComputeSystemEventType type, string? document = null, uint? processId = null) =>
        ReportInOrder(_received, type, document, processId);

    /// <summary>Called when the system has ended; later reports of the exit are ignored.</summary>
    internal void Exit(SystemExitStatus status, string? document)
    {
        // A caller that waits for the exit may close the handle, which drops the subscribers.
        Action<ComputeSystemEvent>? subscribers = _received;
        if (!TryExit(status))
        {
            return;
        }

        ReportInOrder(subscribers, ComputeSystemEventType.SystemExited, document, processId: null);
        ProcessSignals[] left = Processes();
        if (left.Length != 0)
        {
            CheckAsync(left).Forget();
        }
    }

    /// <summary>Called when the service has disconnected: no handle can be used any more.</summary>
    internal void Disconnect()
    {
        if (Interlocked.Exchange(ref _disconnected, 1) != 0)
        {
            return;
        }

        // A caller whose call fails looks at the exit to learn whether the handle can still be used. A caller that sees
        // the exit must not be able to make a call any more.
        Lifetime.Refuse(HResult.ServiceDisconnect);
        foreach (ProcessSignals process in Processes())
        {
            // A caller that sees the exit may close these handles too, before they are told of the disconnect.
            process.Lifetime.Refuse(HResult.ServiceDisconnect);
        }

        TellInTurn(() =>
        {
            FailExit(HResult.ServiceDisconnect);
            Report(ComputeSystemEventType.ServiceDisconnect);
        });
        Lifetime.End(HResult.ServiceDisconnect);
        Waits.EndAll(HResult.ServiceDisconnect, forEver: true);
        foreach (ProcessSignals process in Processes())
        {
            process.Disconnect();
        }
    }

    /// <summary>Ends all calls on the system and its processes; exits are still reported.</summary>
    /// <param name="hresult">HRESULT that calls fail with; null means that the system has exited.</param>
    internal void EndCalls(int? hresult)
    {
        Lifetime.End(hresult ?? Stopped);
        foreach (ProcessSignals process in Processes())
        {
            process.Lifetime.End(hresult ?? process.Stopped);
        }
    }

    /// <inheritdoc/>
    internal override void Close()
    {
        base.Close();
        lock (_subscribing)
        {
            _isClosed = true;
            _received = null;
        }
    }

    /// <summary>Attaches a process, so that it is told of the exit and the disconnect of the system.</summary>
    internal void Attach(ProcessSignals process)
    {
        lock (_processes)
        {
            _processes.Add(process);
        }

        if (IsDisconnected)
        {
            process.Disconnect();
        }
    }

    internal void Detach(ProcessSignals process)
    {
        lock (_processes)
        {
            _processes.Remove(process);
        }
    }

    // One timer for all of them: their own exits usually arrive before it runs out.
    private static async Task CheckAsync(ProcessSignals[] processes)
    {
        await Task.Delay(s_graceForExits).ConfigureAwait(false);
        await Task.WhenAll(processes.Select(process => process.CheckAsync(systemHasExited: true))).ConfigureAwait(false);
    }

    private void ReportInOrder(
        Action<ComputeSystemEvent>? subscribers, ComputeSystemEventType type, string? document, uint? processId)
    {
        var received = new ComputeSystemEvent(type, Id, DateTimeOffset.UtcNow, processId, document);
        Post(() => Report(received, subscribers));
    }

    // The subscribers at the time of the report get the event, even if the handle is closed before its turn comes.
    private void Report(ComputeSystemEvent received, Action<ComputeSystemEvent>? subscribers)
    {
        if (subscribers is not null)
        {
            _events.Add(() => subscribers(received));
        }
    }

    private ProcessSignals[] Processes()
    {
        lock (_processes)
        {
            return [.. _processes];
        }
    }
}
