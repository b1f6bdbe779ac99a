using System;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded;

/// <summary>One handle on a compute system of the embedded host.</summary>
internal sealed class ContainerHandle : IContainer
{
    private readonly ComputeSystem _system;
    private readonly HandleLife<SystemExitStatus> _life;
    private readonly object _watching = new();
    private Action<ComputeSystemEvent>? _received;
    private bool _isClosed;

    public ContainerHandle(ComputeSystem system)
    {
        _system = system;
        _life = new HandleLife<SystemExitStatus>(system.Exited, () => Refusal.HandleClosed(system.Id, nameof(Close)));
        system.AddHandle();
    }

    public event Action<ComputeSystemEvent>? EventReceived
    {
        add
        {
            lock (_watching)
            {
                if (!_isClosed)
                {
                    _system.Events.Received += value;
                    _received += value;
                }
            }
        }

        remove
        {
            lock (_watching)
            {
                _system.Events.Received -= value;
                _received -= value;
            }
        }
    }

    public string Id => _system.Id;

    public Task<SystemExitStatus> Exited => _life.Exited;

    public Task StartAsync(CancellationToken cancellationToken) => Do(_system.Start, cancellationToken);

    public Task ShutdownAsync(CancellationToken cancellationToken) => Do(_system.Shutdown, cancellationToken);

    public async Task TerminateAsync(CancellationToken cancellationToken) =>
        await (await Get(_system.TerminateAsync, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);

    public Task PauseAsync(CancellationToken cancellationToken) => Do(_system.Pause, cancellationToken);

    public Task ResumeAsync(CancellationToken cancellationToken) => Do(_system.Resume, cancellationToken);

    public Task<ContainerProperties> GetPropertiesAsync(PropertyQuery query, CancellationToken cancellationToken) =>
        Get(() => _system.GetProperties(query), cancellationToken);

    public Task<IProcess> CreateProcessAsync(ProcessConfig config, CancellationToken cancellationToken) =>
        Get<IProcess>(() => new ProcessHandle(Id, _system.CreateProcess(config), ownsStreams: true), cancellationToken);

    public Task<IProcess> OpenProcessAsync(uint processId, CancellationToken cancellationToken) =>
        Get<IProcess>(() => new ProcessHandle(Id, _system.OpenProcess(processId), ownsStreams: false), cancellationToken);

    public Task ModifyAsync(string request, CancellationToken cancellationToken) =>
        Do(() => _system.Modify(request), cancellationToken);

    public void Close()
    {
        if (_life.Close())
        {
            lock (_watching)
            {
                // What was raised before is still told: the exit is, to a handle that closes at the exit.
                _isClosed = true;
                foreach (Delegate receiver in _received?.GetInvocationList() ?? [])
                {
                    _system.Events.Received -= (Action<ComputeSystemEvent>)receiver;
                }
            }

            _system.ReleaseHandle();
        }
    }

    private Task Do(Action action, CancellationToken cancellationToken) =>
        Get(
            () =>
            {
                action();
                return true;
            },
            cancellationToken);

    private Task<T> Get<T>(Func<T> function, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        try
        {
            _life.ThrowIfClosed();
            return Task.FromResult(function());
        }
        catch (HcsException e)
        {
            return Task.FromException<T>(e);
        }
    }
}
