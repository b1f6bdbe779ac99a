using System;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Lifecycle;

namespace HcsPowerShell.Interop.Faults;

/// <summary>A handle on a container that fails as the plan requires.</summary>
internal sealed class FaultyContainer : ContainerBase
{
    private static readonly TimeSpan s_graceForEvent = TimeSpan.FromSeconds(1);

    private readonly Held<IContainer> _inner;
    private readonly FaultInjector _injector;
    private readonly ServiceConnection _connection;
    private readonly TaskCompletionSource<string?> _exitEvent = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FaultyContainer(IContainer inner, FaultInjector injector, ServiceConnection connection)
        : base(new SystemSignals(inner.Id))
    {
        _inner = new Held<IContainer>(inner, inner.Id);
        _injector = injector;
        _connection = connection;
        inner.EventReceived += Forward;
        connection.Add(State, inner);
    }

    private protected override Task StartAsync(CancellationToken abandoned) =>
        CallAsync(ComputeOperation.Start, _inner.Value.StartAsync, abandoned);

    private protected override Task ShutdownAsync(CancellationToken abandoned) =>
        CallAsync(ComputeOperation.Shutdown, _inner.Value.ShutdownAsync, abandoned);

    private protected override Task TerminateAsync(CancellationToken abandoned) =>
        CallAsync(ComputeOperation.Terminate, _inner.Value.TerminateAsync, abandoned);

    private protected override Task PauseAsync(CancellationToken abandoned) =>
        CallAsync(ComputeOperation.Pause, _inner.Value.PauseAsync, abandoned);

    private protected override Task ResumeAsync(CancellationToken abandoned) =>
        CallAsync(ComputeOperation.Resume, _inner.Value.ResumeAsync, abandoned);

    private protected override Task SaveAsync(SaveOptions how, CancellationToken abandoned) => CallAsync(
        ComputeOperation.Save, options => _inner.Value.SaveAsync(how.SaveStateFilePath!, options), abandoned);

    private protected override Task CrashAsync(CrashOptions how, CancellationToken abandoned) =>
        CallAsync(ComputeOperation.Crash, _inner.Value.CrashAsync, abandoned);

    private protected override Task ModifyAsync(string request, CancellationToken abandoned) =>
        CallAsync(ComputeOperation.Modify, options => _inner.Value.ModifyAsync(request, options), abandoned);

    private protected override Task<ContainerProperties> GetPropertiesAsync(
        PropertyQuery query, CancellationToken abandoned) => _injector.CallAsync(
            OperationOf(query),
            Id,
            options => _inner.Value.GetPropertiesAsync(query, options),
            abandoned,
            answer => AnswerDocument.Read<ContainerProperties>(OperationOf(query).Function(), Id, answer));

    private protected override Task<ProcessBase> CreateProcessAsync(
        ProcessConfig config, CancellationToken abandoned) => OpenAsync(
            ComputeOperation.CreateProcess, options => _inner.Value.CreateProcessAsync(config, options), abandoned);

    private protected override Task<ProcessBase> OpenProcessAsync(uint processId, CancellationToken abandoned) =>
        OpenAsync(
            ComputeOperation.OpenProcess, options => _inner.Value.OpenProcessAsync(processId, options), abandoned);

    private protected override void ExitAwaited() => _connection.Add(TellExitAsync());

    private protected override void Release()
    {
        IContainer inner = _inner.Release();
        inner.EventReceived -= Forward;
        _connection.Remove(State);
        _injector.Close(ComputeOperation.Close, Id, _connection, inner.Close);
    }

    private Task CallAsync(
        ComputeOperation operation, Func<CallOptions, Task> make, CancellationToken abandoned) =>
        _injector.CallAsync(operation, Id, make, abandoned);

    private async Task<ProcessBase> OpenAsync(
        ComputeOperation operation, Func<CallOptions, Task<IProcess>> make, CancellationToken abandoned)
    {
        IProcess process = await _injector.CallAsync(operation, Id, make, abandoned).ConfigureAwait(false);
        return new FaultyProcess(process, State, _injector, _connection);
    }

    private void Forward(ComputeSystemEvent received)
    {
        if (received.Type != ComputeSystemEventType.SystemExited)
        {
            State.Report(received);
            if (_injector.TakeRepeated(Id, received.Type))
            {
                State.Report(received);
            }

            return;
        }

        _exitEvent.TrySetResult(received.Document);
        if (State.IsWatched)
        {
            // The exit raises the event, so the fault of the exit notification applies to both.
            AwaitExit();
        }
    }

    private void TellExit(Fault? fault, SystemExitStatus status, string? document)
    {
        if (fault is { Kind: FaultKind.Answered })
        {
            State.Exit(ExitDocument.Read(fault.Document, status.Status), fault.Document);
            return;
        }

        State.Exit(status, document);
        if (fault is { Kind: FaultKind.Repeated })
        {
            State.Exit(status, document);
            State.ReportInOrder(ComputeSystemEventType.SystemExited, document);
        }
    }

    private async Task TellExitAsync()
    {
        Fault? fault = _injector.Plan.Next(ComputeOperation.Wait);
        try
        {
            SystemExitStatus status = await _inner.Value.Exited.ConfigureAwait(false);

            // The events from before the exit are reported first.
            await Task.WhenAny(_exitEvent.Task, Task.Delay(s_graceForEvent)).ConfigureAwait(false);
            string? document = _exitEvent.Task.IsCompleted ? await _exitEvent.Task.ConfigureAwait(false) : null;
            if (fault is { Kind: FaultKind.Refused })
            {
                State.Report(ComputeSystemEventType.SystemExited, document);
            }

            if (await _injector.MayTellAsync(fault, ComputeOperation.Wait, Id, _connection).ConfigureAwait(false))
            {
                TellExit(fault, status, document);
            }
        }
        catch (HcsException e)
        {
            State.FailExit(e);
        }
    }
}
