using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Lifecycle;

namespace HcsPowerShell.Embedded.Service;

/// <summary>
/// A handle on a process of the embedded host. The system reports its exit to every handle on the system.
/// </summary>
internal sealed class EmbeddedProcess : ProcessBase
{
    private readonly Held<ISandboxProcess> _process;
    private readonly bool _isStarted;

    /// <param name="system">The handle on its system.</param>
    /// <param name="process">The process, shared by the handles on it.</param>
    /// <param name="isStarted">True when this handle started the process and has its streams.</param>
    public EmbeddedProcess(SystemSignals system, ISandboxProcess process, bool isStarted)
        : base(
            new ProcessSignals(system, process.ProcessId, tellsExit: false),
            isStarted ? new ProcessStdio(process.StandardInput, process.StandardOutput, process.StandardError) : null)
    {
        _process = new Held<ISandboxProcess>(process, system.Id);
        _isStarted = isStarted;
        _ = TellExitAsync(process, State);
    }

    private protected override Task KillAsync(CancellationToken abandoned) =>
        HostFailure.NamedAsync(State.Id, ComputeOperation.Kill, () => Task.Run(Kill, CancellationToken.None));

    private protected override Task ResizeConsoleAsync(ushort width, ushort height, CancellationToken abandoned) =>
        HostFailure.NamedAsync(
            State.Id, ComputeOperation.ResizeConsole, () => Task.Run(() => Resize(width, height), abandoned));

    private protected override Task CloseStdinAsync(CancellationToken abandoned) =>
        _isStarted && _process.Value.Console is { } console ? console.EndInputAsync() : Task.CompletedTask;

    private protected override void Release()
    {
        ISandboxProcess process = _process.Release();
        if (_isStarted)
        {
            process.Dispose();
        }
    }

    private static async Task TellExitAsync(ISandboxProcess process, ProcessSignals state) =>
        state.Exit(await process.Exited.ConfigureAwait(false), null);

    private void Kill()
    {
        RequireAlive(ComputeOperation.Kill);
        _process.Value.Kill();
    }

    private void Resize(ushort width, ushort height)
    {
        RequireAlive(ComputeOperation.ResizeConsole);
        IProcessConsole console = _process.Value.Console ?? throw Refusal.NotSupported(
            State.Id,
            ComputeOperation.ResizeConsole.Function(),
            "The process has no console: EmulateConsole asks for one at its start.");
        console.Resize(width, height);
    }

    private void RequireAlive(ComputeOperation operation)
    {
        if (_process.Value.Exited.IsCompleted)
        {
            throw Refusal.ProcessAlreadyStopped(State.Id, operation.Function(), ProcessId);
        }
    }
}
