using System;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Lifecycle;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>Tells a subscriber of changes: in order, one at a time, and under no lock of a change.</summary>
internal sealed class NetworkEvents
{
    private readonly object _gate = new();
    private Action<NetworkEvent>? _tell;
    private Task _telling = Task.CompletedTask;

    public IDisposable Subscribe(Action<NetworkEvent> tell)
    {
        lock (_gate)
        {
            _tell = tell;
        }

        return new Subscription(this, tell);
    }

    public void Tell(NetworkEventType type, Guid id)
    {
        NetworkEvent change = new(
            type, id, DateTimeOffset.UtcNow, $$"""{"ID":"{{HostComputeObject.IdText(id)}}"}""");
        lock (_gate)
        {
            if (_tell is { } tell)
            {
                _telling = _telling.ContinueWith(_ => tell(change), TaskScheduler.Default);
                _telling.Forget();
            }
        }
    }

    private void Unsubscribe(Action<NetworkEvent> tell)
    {
        lock (_gate)
        {
            if (_tell == tell)
            {
                _tell = null;
            }
        }
    }

    private sealed class Subscription(NetworkEvents events, Action<NetworkEvent> tell) : IDisposable
    {
        public void Dispose() => events.Unsubscribe(tell);
    }
}
