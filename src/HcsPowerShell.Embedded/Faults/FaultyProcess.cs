using System;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Faults;

namespace HcsPowerShell.Embedded.Faults;

/// <summary>A handle on a process that fails as the plan wants it.</summary>
internal sealed class FaultyProcess : IProcess
{
    private readonly IProcess _inner;
    private readonly string _containerId;
    private readonly FaultInjector _injector;
    private readonly ServiceConnection _connection;
    private readonly FaultyExit<ProcessStatus> _exit;
    private int _closed;

    public FaultyProcess(IProcess inner, string containerId, FaultInjector injector, ServiceConnection connection)
    {
        _inner = inner;
        _containerId = containerId;
        _injector = injector;
        _connection = connection;
        _exit = new FaultyExit<ProcessStatus>(
            injector, connection, new FaultyCall(FaultOperation.ProcessWait, containerId), inner.Exited);
    }

    public uint ProcessId => _inner.ProcessId;

    public Task<ProcessStatus> Exited => _exit.Exited;

    public Task KillAsync(CancellationToken cancellationToken) =>
        CallAsync(FaultOperation.Kill, _inner.KillAsync, cancellationToken);

    public Task ResizeConsoleAsync(ushort width, ushort height, CancellationToken cancellationToken) =>
        CallAsync(
            FaultOperation.ResizeConsole, token => _inner.ResizeConsoleAsync(width, height, token), cancellationToken);

    public Task<ProcessStdio> GetStdioAsync(CancellationToken cancellationToken) =>
        _injector.CallAsync(
            new FaultyCall(FaultOperation.Stdio, _containerId), _connection, _inner.GetStdioAsync, null, cancellationToken);

    public Task CloseStdinAsync(CancellationToken cancellationToken) =>
        CallAsync(FaultOperation.CloseStdin, _inner.CloseStdinAsync, cancellationToken);

    public void Close()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            _exit.Close();
            _injector.Close(new FaultyCall(FaultOperation.ProcessClose, _containerId), _connection, _inner.Close);
        }
    }

    private Task CallAsync(
        FaultOperation operation, Func<CancellationToken, Task> make, CancellationToken cancellationToken) =>
        _injector.CallAsync(
            new FaultyCall(operation, _containerId),
            _connection,
            async token =>
            {
                await make(token).ConfigureAwait(false);
                return true;
            },
            null,
            cancellationToken);
}
