using System;
using System.Threading.Tasks;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Embedded;

/// <summary>Delivers the events of one system in order, on pool threads.</summary>
internal sealed class SystemEvents
{
    private readonly object _gate = new();
    private Task _last = Task.CompletedTask;

    public event Action<ComputeSystemEvent>? Received;

    public void Raise(ComputeSystemEvent raised)
    {
        lock (_gate)
        {
            if (Received is { } receivers)
            {
                _last = _last.ContinueWith(_ => receivers(raised), TaskScheduler.Default);
            }
        }
    }
}
