using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Lifecycle;

namespace HcsPowerShell.Embedded;

/// <summary>A handle on a system of the embedded host.</summary>
internal sealed class EmbeddedContainer : ContainerBase
{
    private readonly ComputeSystem _system;

    /// <exception cref="Interop.HcsException">The system has exited.</exception>
    public EmbeddedContainer(ComputeSystem system)
        : base(new SystemState(system.Id))
    {
        _system = system;
        system.Add(State);
    }

    private protected override Task StartAsync(CancellationToken abandoned) => _system.StartAsync(abandoned);

    private protected override Task ShutdownAsync(CancellationToken abandoned) => _system.ShutdownAsync(abandoned);

    private protected override Task TerminateAsync(CancellationToken abandoned) => _system.TerminateAsync();

    private protected override Task PauseAsync(CancellationToken abandoned) => _system.PauseAsync(abandoned);

    private protected override Task ResumeAsync(CancellationToken abandoned) => _system.ResumeAsync(abandoned);

    private protected override Task ModifyAsync(string request, CancellationToken abandoned) =>
        _system.ModifyAsync(request, abandoned);

    private protected override Task<ContainerProperties> GetPropertiesAsync(
        PropertyQuery query, CancellationToken abandoned) => _system.GetPropertiesAsync(query);

    private protected override async Task<ProcessBase> CreateProcessAsync(
        ProcessConfig config, CancellationToken abandoned) => new EmbeddedProcess(
            State, await _system.CreateProcessAsync(config, abandoned).ConfigureAwait(false), isStarted: true);

    private protected override async Task<ProcessBase> OpenProcessAsync(uint processId, CancellationToken abandoned) =>
        new EmbeddedProcess(
            State, await _system.OpenProcessAsync(processId).ConfigureAwait(false), isStarted: false);

    private protected override void Release() => _system.Remove(State);
}
