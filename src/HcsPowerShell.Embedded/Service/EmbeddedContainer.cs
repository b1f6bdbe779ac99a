using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Lifecycle;

namespace HcsPowerShell.Embedded.Service;

/// <summary>A handle on a system of the embedded host.</summary>
internal sealed class EmbeddedContainer : ContainerBase
{
    private readonly Held<EmbeddedSystem> _system;

    /// <exception cref="Interop.HcsException">The system has exited.</exception>
    public EmbeddedContainer(EmbeddedSystem system)
        : base(new SystemSignals(system.Id))
    {
        _system = new Held<EmbeddedSystem>(system, system.Id);
        system.Add(State);
    }

    private protected override Task StartAsync(CancellationToken abandoned) =>
        HostFailure.NamedAsync(Id, ComputeOperation.Start, () => _system.Value.StartAsync(abandoned));

    private protected override Task ShutdownAsync(CancellationToken abandoned) =>
        HostFailure.NamedAsync(Id, ComputeOperation.Shutdown, () => _system.Value.ShutdownAsync(abandoned));

    private protected override Task TerminateAsync(CancellationToken abandoned) =>
        HostFailure.NamedAsync(Id, ComputeOperation.Terminate, () => _system.Value.TerminateAsync());

    private protected override Task PauseAsync(CancellationToken abandoned) =>
        HostFailure.NamedAsync(Id, ComputeOperation.Pause, () => _system.Value.PauseAsync(abandoned));

    private protected override Task ResumeAsync(CancellationToken abandoned) =>
        HostFailure.NamedAsync(Id, ComputeOperation.Resume, () => _system.Value.ResumeAsync(abandoned));

    private protected override Task SaveAsync(SaveOptions how, CancellationToken abandoned) =>
        Task.FromException(Refusal.NoMachines(ComputeOperation.Save, Id));

    private protected override Task CrashAsync(CrashOptions how, CancellationToken abandoned) =>
        Task.FromException(Refusal.NoMachines(ComputeOperation.Crash, Id));

    private protected override Task ModifyAsync(string request, CancellationToken abandoned) =>
        HostFailure.NamedAsync(Id, ComputeOperation.Modify, () => _system.Value.ModifyAsync(request, abandoned));

    private protected override Task<ContainerProperties> GetPropertiesAsync(
        PropertyQuery query, CancellationToken abandoned) =>
        HostFailure.NamedAsync(Id, OperationOf(query), () => _system.Value.GetPropertiesAsync(query));

    private protected override async Task<ProcessBase> CreateProcessAsync(
        ProcessConfig config, CancellationToken abandoned) => new EmbeddedProcess(
            State,
            await HostFailure.NamedAsync(
                Id, ComputeOperation.CreateProcess, () => _system.Value.CreateProcessAsync(config, abandoned))
                .ConfigureAwait(false),
            isStarted: true);

    private protected override async Task<ProcessBase> OpenProcessAsync(uint processId, CancellationToken abandoned) =>
        new EmbeddedProcess(
            State,
            await HostFailure.NamedAsync(
                Id, ComputeOperation.OpenProcess, () => _system.Value.OpenProcessAsync(processId)).ConfigureAwait(false),
            isStarted: false);

    private protected override void Release() => _system.Release().Remove(State);
}
