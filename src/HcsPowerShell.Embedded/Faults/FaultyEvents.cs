using System;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Faults;

namespace HcsPowerShell.Embedded.Faults;

/// <summary>The events of one handle: the exit comes as its waiters learn it, and a disconnect is the last.</summary>
internal sealed class FaultyEvents(
    IContainer inner, ServiceConnection connection, FaultyExit<SystemExitStatus> exit)
{
    private readonly object _gate = new();
    private Action<ComputeSystemEvent>? _received;
    private bool _isClosed;

    public event Action<ComputeSystemEvent>? Received
    {
        add
        {
            lock (_gate)
            {
                if (_isClosed)
                {
                    return;
                }

                if (_received is null)
                {
                    inner.EventReceived += Forward;
                    connection.Losing += TellDisconnect;
                }

                _received += value;
            }
        }

        remove
        {
            lock (_gate)
            {
                bool was = _received is not null;
                _received -= value;
                if (was && _received is null)
                {
                    inner.EventReceived -= Forward;
                    connection.Losing -= TellDisconnect;
                }
            }
        }
    }

    /// <summary>A closed handle tells only what was raised before, and no disconnect.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            inner.EventReceived -= Forward;
            connection.Losing -= TellDisconnect;
        }
    }

    private void Forward(ComputeSystemEvent received)
    {
        if (connection.IsLost)
        {
            return;
        }

        // Without a fault it must come before the exit is known, as the service sends it.
        if (received.Type == ComputeSystemEventType.SystemExited && exit.Fault is { Kind: not FaultKind.Refused } fault)
        {
            _ = TellExitAsync(received, fault);
        }
        else
        {
            _received?.Invoke(received);
        }
    }

    private async Task TellExitAsync(ComputeSystemEvent received, Fault fault)
    {
        if (fault.Kind == FaultKind.Disconnected)
        {
            // It is what the waiters cause; a watch alone waits as well.
            _ = exit.Exited;
            return;
        }

        try
        {
            await connection.PauseAsync(fault.Time, () => new OperationCanceledException(), CancellationToken.None)
                .ConfigureAwait(false);
            _received?.Invoke(received);
        }
        catch (OperationCanceledException)
        {
            // The service or the host has gone, and nothing comes from it any more.
        }
    }

    private void TellDisconnect() =>
        _received?.Invoke(new ComputeSystemEvent(
            ComputeSystemEventType.ServiceDisconnect, inner.Id, DateTimeOffset.UtcNow, null, null));
}
