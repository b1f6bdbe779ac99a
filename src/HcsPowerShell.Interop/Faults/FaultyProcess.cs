using System;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Lifecycle;

namespace HcsPowerShell.Interop.Faults;

/// <summary>A handle on a process that fails as the plan requires.</summary>
internal sealed class FaultyProcess : ProcessBase
{
    private readonly Held<IProcess> _inner;
    private readonly FaultInjector _injector;
    private readonly ServiceConnection _connection;

    public FaultyProcess(IProcess inner, SystemSignals system, FaultInjector injector, ServiceConnection connection)
        : base(new ProcessSignals(system, inner.ProcessId, tellsExit: false), stdio: null)
    {
        _inner = new Held<IProcess>(inner, system.Id);
        _injector = injector;
        _connection = connection;
        system.Attach(State);
    }

    private protected override Task KillAsync(CancellationToken abandoned) =>
        CallAsync(ComputeOperation.Kill, _inner.Value.KillAsync, abandoned);

    private protected override Task ResizeConsoleAsync(ushort width, ushort height, CancellationToken abandoned) =>
        CallAsync(
            ComputeOperation.ResizeConsole,
            options => _inner.Value.ResizeConsoleAsync(width, height, options),
            abandoned);

    private protected override Task<ProcessStdio> GetStdioAsync(CancellationToken abandoned) =>
        _injector.CallAsync(ComputeOperation.Stdio, State.Id, _inner.Value.GetStdioAsync, abandoned);

    private protected override Task CloseStdinAsync(CancellationToken abandoned) =>
        CallAsync(ComputeOperation.CloseStdin, _inner.Value.CloseStdinAsync, abandoned);

    private protected override void ExitAwaited() => _connection.Add(TellExitAsync());

    private protected override void Release() =>
        _injector.Close(ComputeOperation.ProcessClose, State.Id, _connection, _inner.Release().Close);

    private Task CallAsync(
        ComputeOperation operation, Func<CallOptions, Task> make, CancellationToken abandoned) =>
        _injector.CallAsync(operation, State.Id, make, abandoned);

    private async Task TellExitAsync()
    {
        Fault? fault = _injector.Plan.Next(ComputeOperation.ProcessWait);
        try
        {
            ProcessStatus status = await _inner.Value.Exited.ConfigureAwait(false);
            if (await _injector.MayTellAsync(fault, ComputeOperation.ProcessWait, State.Id, _connection)
                .ConfigureAwait(false))
            {
                State.Exit(status, null);
                if (fault is { Kind: FaultKind.Repeated })
                {
                    State.Exit(status, null);
                }
            }
        }
        catch (HcsException e)
        {
            State.FailExit(e);
        }
    }
}
