using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop.Lifecycle;

/// <summary>The state of one system as one handle knows it. Adapters write it, whoever holds the handle reads it.</summary>
internal sealed class SystemSignals(string id) : HandleSignals<SystemExitStatus>(id, HResult.SystemAlreadyStopped)
{
    private static readonly TimeSpan s_graceForExits = TimeSpan.FromSeconds(1);

    private readonly SerialQueue _changes = new();
    private readonly SerialQueue _events = new();
    private readonly HashSet<ProcessSignals> _processes = [];
    private readonly object _subscribing = new();
    private Action<ComputeSystemEvent>? _received;
    private bool _isClosed;
    private int _disconnected;

    /// <summary>Subscribers of the events. A closed handle takes no more of them.</summary>
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

    /// <summary>Somebody has subscribed to its events.</summary>
    internal bool IsWatched => _received is not null;

    /// <summary>The service has gone.</summary>
    internal bool IsDisconnected => Volatile.Read(ref _disconnected) != 0;

    /// <summary>The calls of the library that wait for their ends.</summary>
    internal PendingWaits Waits { get; } = new();

    private protected override string ExitFunction => nameof(IContainer.Exited);

    /// <summary>Queues work that a callback found: parsing does not belong on a thread of HCS.</summary>
    internal void Post(Action change) => _changes.Add(change);

    /// <summary>Does what needs no parsing: now, where nothing that callbacks found before is still queued.</summary>
    internal void TellInTurn(Action change) => _changes.RunOrAdd(change);

    /// <summary>Queues an event; a slow subscriber holds up later events, never the state.</summary>
    internal void Report(ComputeSystemEventType type, string? document = null, uint? processId = null) =>
        Report(new ComputeSystemEvent(type, Id, DateTimeOffset.UtcNow, processId, document));

    /// <summary>Queues an event of another handle on the system.</summary>
    internal void Report(ComputeSystemEvent received) => Report(received, _received);

    /// <summary>Queues an event behind what the callbacks have queued before it. Whoever has subscribed by now hears of it.
    /// </summary>
    internal void ReportInOrder(ComputeSystemEventType type, string? document = null, uint? processId = null) =>
        ReportInOrder(_received, type, document, processId);

    /// <summary>The system has ended; any later word of it is ignored.</summary>
    internal void Exit(SystemExitStatus status, string? document)
    {
        // Whoever waits for the exit closes the handle, and drops the subscribers.
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

    /// <summary>The service has gone and took every handle with it.</summary>
    internal void Disconnect()
    {
        if (Interlocked.Exchange(ref _disconnected, 1) != 0)
        {
            return;
        }

        // Whoever meets a call that fails asks the exit whether the handle can still be used; and whoever sees the exit makes
        // no call any more.
        Lifetime.Refuse(HResult.ServiceDisconnect);
        foreach (ProcessSignals process in Processes())
        {
            // Whoever sees the exit may close these handles too, before they hear of the disconnect.
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

    /// <summary>No call is answered any more, on the system and its processes; exits are still told.</summary>
    /// <param name="hresult">What calls fail with; null says that the system has exited.</param>
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

    /// <summary>Ties a process to the fate of the system.</summary>
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

    // Whoever has subscribed by now hears of it, also when the handle is closed before its turn comes.
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
