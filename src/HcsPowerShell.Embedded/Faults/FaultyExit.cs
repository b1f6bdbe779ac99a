using System;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Faults;

namespace HcsPowerShell.Embedded.Faults;

/// <summary>The exit of a system or process as one handle tells it. Its fate is chosen when it is first waited for.</summary>
internal sealed class FaultyExit<TStatus>
{
    private readonly Lazy<Fault?> _fault;
    private readonly Lazy<HandleLife<TStatus>> _life;
    private volatile bool _closed;

    public FaultyExit(FaultInjector injector, ServiceConnection connection, FaultyCall call, Task<TStatus> exited)
    {
        _fault = new Lazy<Fault?>(() => injector.Plan.Next(call.Operation));
        _life = new Lazy<HandleLife<TStatus>>(() => new HandleLife<TStatus>(
            injector.NotifyAsync(_fault.Value, call, connection, exited),
            () => Refusal.HandleClosed(call.ContainerId!, nameof(Close))));
    }

    /// <summary>What happens to the notification; null when nothing does.</summary>
    public Fault? Fault => _fault.Value;

    public Task<TStatus> Exited
    {
        get
        {
            HandleLife<TStatus> life = _life.Value;
            if (_closed)
            {
                life.Close();
            }

            return life.Exited;
        }
    }

    /// <summary>Ends the waiters of a handle that is closed.</summary>
    public void Close()
    {
        _closed = true;
        if (_life.IsValueCreated)
        {
            _life.Value.Close();
        }
    }
}
