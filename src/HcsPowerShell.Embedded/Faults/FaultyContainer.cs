using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Faults;

namespace HcsPowerShell.Embedded.Faults;

/// <summary>A handle on a container that fails as the plan wants it.</summary>
internal sealed class FaultyContainer : IContainer
{
    private readonly IContainer _inner;
    private readonly FaultInjector _injector;
    private readonly ServiceConnection _connection;
    private readonly FaultyExit<SystemExitStatus> _exit;
    private readonly FaultyEvents _events;
    private int _closed;

    public FaultyContainer(IContainer inner, FaultInjector injector, ServiceConnection connection)
    {
        _inner = inner;
        _injector = injector;
        _connection = connection;
        _exit = new FaultyExit<SystemExitStatus>(
            injector, connection, new FaultyCall(FaultOperation.Wait, inner.Id), inner.Exited);
        _events = new FaultyEvents(inner, connection, _exit);
    }

    public event Action<ComputeSystemEvent>? EventReceived
    {
        add => _events.Received += value;
        remove => _events.Received -= value;
    }

    public string Id => _inner.Id;

    public Task<SystemExitStatus> Exited => _exit.Exited;

    public Task StartAsync(CancellationToken cancellationToken) =>
        CallAsync(FaultOperation.Start, _inner.StartAsync, cancellationToken);

    public Task ShutdownAsync(CancellationToken cancellationToken) =>
        CallAsync(FaultOperation.Shutdown, _inner.ShutdownAsync, cancellationToken);

    public Task TerminateAsync(CancellationToken cancellationToken) =>
        CallAsync(FaultOperation.Terminate, _inner.TerminateAsync, cancellationToken);

    public Task PauseAsync(CancellationToken cancellationToken) =>
        CallAsync(FaultOperation.Pause, _inner.PauseAsync, cancellationToken);

    public Task ResumeAsync(CancellationToken cancellationToken) =>
        CallAsync(FaultOperation.Resume, _inner.ResumeAsync, cancellationToken);

    public Task<ContainerProperties> GetPropertiesAsync(PropertyQuery query, CancellationToken cancellationToken) =>
        CallAsync(Operation(query), token => _inner.GetPropertiesAsync(query, token), null, cancellationToken);

    public Task<IProcess> CreateProcessAsync(ProcessConfig config, CancellationToken cancellationToken) =>
        HandleAsync(
            FaultOperation.CreateProcess, token => _inner.CreateProcessAsync(config, token), KillAsync, cancellationToken);

    public Task<IProcess> OpenProcessAsync(uint processId, CancellationToken cancellationToken) =>
        HandleAsync(
            FaultOperation.OpenProcess,
            token => _inner.OpenProcessAsync(processId, token),
            process =>
            {
                process.Close();
                return Task.CompletedTask;
            },
            cancellationToken);

    public Task ModifyAsync(string request, CancellationToken cancellationToken) =>
        CallAsync(FaultOperation.Modify, token => _inner.ModifyAsync(request, token), cancellationToken);

    public void Close()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            _exit.Close();
            _events.Close();
            _injector.Close(new FaultyCall(FaultOperation.Close, Id), _connection, _inner.Close);
        }
    }

    private static FaultOperation Operation(PropertyQuery query) => query.PropertyTypes?.FirstOrDefault() switch
    {
        "Statistics" => FaultOperation.Statistics,
        "ProcessList" => FaultOperation.ProcessList,
        "MappedVirtualDisk" => FaultOperation.MappedVirtualDisks,
        "PendingUpdates" => FaultOperation.HasPendingUpdates,
        _ => FaultOperation.Properties,
    };

    // A process nobody hears of would run on unseen.
    private static async Task KillAsync(IProcess process)
    {
        try
        {
            await process.KillAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (HcsException)
        {
            // It has exited already, or the service is gone.
        }
        finally
        {
            process.Close();
        }
    }

    private async Task<IProcess> HandleAsync(
        FaultOperation operation,
        Func<CancellationToken, Task<IProcess>> make,
        Func<IProcess, Task> abandon,
        CancellationToken cancellationToken) =>
        new FaultyProcess(
            await CallAsync(operation, make, abandon, cancellationToken).ConfigureAwait(false), Id, _injector, _connection);

    private Task CallAsync(
        FaultOperation operation, Func<CancellationToken, Task> make, CancellationToken cancellationToken) =>
        CallAsync(
            operation,
            async token =>
            {
                await make(token).ConfigureAwait(false);
                return true;
            },
            null,
            cancellationToken);

    private Task<T> CallAsync<T>(
        FaultOperation operation,
        Func<CancellationToken, Task<T>> make,
        Func<T, Task>? abandon,
        CancellationToken cancellationToken) =>
        Volatile.Read(ref _closed) != 0
            ? Task.FromException<T>(Refusal.HandleClosed(Id, HcsFunction.Of(operation)))
            : _injector.CallAsync(new FaultyCall(operation, Id), _connection, make, abandon, cancellationToken);
}
