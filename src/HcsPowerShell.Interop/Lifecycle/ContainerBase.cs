using System;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Documents.Values;

namespace HcsPowerShell.Interop.Lifecycle;

/// <summary>
/// Base class of a handle on a system, for every host. It has the events and the deadlines and undoes abandoned calls;
/// an adapter adds its operations.
/// </summary>
/// <remarks>
/// The token of an operation is cancelled when the caller no longer waits for it. A part that has not begun by then
/// does not begin. A part that has begun continues, and this class undoes its result.
/// </remarks>
internal abstract class ContainerBase(SystemSignals state)
    : HandleBase<SystemExitStatus>(state, ComputeOperation.Close), IContainer
{
    private static readonly TimeSpan s_graceForEvent = TimeSpan.FromSeconds(1);

    public event Action<ComputeSystemEvent>? EventReceived
    {
        add => State.EventReceived += value;
        remove => State.EventReceived -= value;
    }

    public string Id => State.Id;

    internal SystemSignals State { get; } = state;

    public Task StartAsync(CallOptions options) => CallAsync(ComputeOperation.Start, options, StartAsync);

    public Task ShutdownAsync(CallOptions options) => EndAsync(ComputeOperation.Shutdown, options, ShutdownAsync);

    public Task TerminateAsync(CallOptions options) => EndAsync(ComputeOperation.Terminate, options, TerminateAsync);

    public Task PauseAsync(CallOptions options) => CallAsync(ComputeOperation.Pause, options, PauseAsync);

    public Task ResumeAsync(CallOptions options) => CallAsync(ComputeOperation.Resume, options, ResumeAsync);

    public async Task SaveAsync(string path, CallOptions options)
    {
        var how = new SaveOptions { SaveType = "ToFile", SaveStateFilePath = path };
        await LastCallAsync(ComputeOperation.Save, options, abandoned => SaveAsync(how, abandoned), how).ConfigureAwait(false);
        if (State.HasExited && (await Exited.ConfigureAwait(false)).ExitType
            is nameof(NotificationType.ForcedExit) or nameof(NotificationType.UnexpectedExit))
        {
            // It has ended in some other way while it was being saved.
            throw new HcsException(ComputeOperation.Save.Function(), HResult.SystemAlreadyStopped, Id);
        }
    }

    public Task CrashAsync(CallOptions options)
    {
        var how = new CrashOptions { Type = "CrashGuest" };
        return LastCallAsync(ComputeOperation.Crash, options, abandoned => CrashAsync(how, abandoned), how);
    }

    public Task ModifyAsync(string request, CallOptions options) =>
        CallAsync(
            ComputeOperation.Modify,
            options,
            abandoned => ModifyAsync(request, abandoned),
            () => OfChange(request));

    public Task<ContainerProperties> GetPropertiesAsync(PropertyQuery query, CallOptions options) =>
        CallAsync(
            OperationOf(query), options, abandoned => GetPropertiesAsync(query, abandoned), () => CallDocument.OfRequest(query));

    public async Task<IProcess> CreateProcessAsync(ProcessConfig config, CallOptions options) => await CallAsync(
        ComputeOperation.CreateProcess,
        options,
        abandoned => CreateProcessAsync(ConsoleRules.Apply(config), abandoned),
        () => CallDocument.OfRequest(config),
        static starting => UndoAsync(starting, isStarted: true)).ConfigureAwait(false);

    public async Task<IProcess> OpenProcessAsync(uint processId, CallOptions options) => await CallAsync(
        ComputeOperation.OpenProcess,
        options,
        abandoned => OpenProcessAsync(processId, abandoned),
        undo: static opening => UndoAsync(opening, isStarted: false)).ConfigureAwait(false);

    /// <summary>Returns the operation under which the fault plan and the table of deadlines list a query.</summary>
    internal static ComputeOperation OperationOf(PropertyQuery query) =>
        (query.PropertyTypes is { Length: > 0 } types ? types[0] : null) switch
        {
            "Statistics" => ComputeOperation.Statistics,
            "ProcessList" => ComputeOperation.ProcessList,
            "MappedVirtualDisk" => ComputeOperation.MappedVirtualDisks,
            "PendingUpdates" => ComputeOperation.HasPendingUpdates,
            _ => ComputeOperation.Properties,
        };

    private protected abstract Task StartAsync(CancellationToken abandoned);

    private protected abstract Task ShutdownAsync(CancellationToken abandoned);

    private protected abstract Task TerminateAsync(CancellationToken abandoned);

    private protected abstract Task PauseAsync(CancellationToken abandoned);

    private protected abstract Task ResumeAsync(CancellationToken abandoned);

    private protected abstract Task SaveAsync(SaveOptions how, CancellationToken abandoned);

    private protected abstract Task CrashAsync(CrashOptions how, CancellationToken abandoned);

    private protected abstract Task ModifyAsync(string request, CancellationToken abandoned);

    private protected abstract Task<ContainerProperties> GetPropertiesAsync(
        PropertyQuery query, CancellationToken abandoned);

    private protected abstract Task<ProcessBase> CreateProcessAsync(ProcessConfig config, CancellationToken abandoned);

    private protected abstract Task<ProcessBase> OpenProcessAsync(uint processId, CancellationToken abandoned);

    /// <summary>Gets the base properties of the system; an opened handle queries them once.</summary>
    internal Task<ContainerProperties> DescribeAsync() => GetPropertiesAsync(new PropertyQuery(), default(CallOptions));

    /// <summary>
    /// Reports the exit of a system that had exited when it was opened. HCS does not document whether a callback that
    /// is set after the exit still receives it.
    /// </summary>
    /// <param name="description">The properties of the system.</param>
    private protected void CheckExit(Task<ContainerProperties> description) => CheckExitAsync(description).Forget();

    private static async Task UndoAsync(Task<ProcessBase> opening, bool isStarted)
    {
        ProcessBase process = await opening.ConfigureAwait(false);
        try
        {
            if (isStarted)
            {
                // Otherwise it would keep running unseen.
                await process.KillAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
        finally
        {
            process.Close();
        }
    }

    private async Task CheckExitAsync(Task<ContainerProperties> description)
    {
        SystemExitStatus found;
        try
        {
            ContainerProperties properties = await description.ConfigureAwait(false);
            if (!properties.Stopped && properties.State != "Stopped")
            {
                return;
            }

            found = new SystemExitStatus { ExitType = properties.ExitType };
        }
        catch (HcsException e) when (e.Is(HResult.SystemAlreadyStopped) || e.Is(HResult.SystemNotFound))
        {
            found = new SystemExitStatus { Status = e.HResult };
        }
        catch (HcsException)
        {
            // The query is only a precaution; the event is still awaited.
            return;
        }

        // The event may be on its way, and it has more details.
        await Task.Delay(s_graceForEvent).ConfigureAwait(false);
        State.Exit(found, null);
    }

    private Task<T> CallAsync<T>(
        ComputeOperation operation,
        CallOptions options,
        Func<CancellationToken, Task<T>> make,
        Func<CallDocument>? request = null,
        Func<Task<T>, Task>? undo = null) =>
        (Call(operation, options, HResult.SystemAlreadyStopped) with { Request = request }).RunAsync(make, undo);

    private Task CallAsync(
        ComputeOperation operation,
        CallOptions options,
        Func<CancellationToken, Task> make,
        Func<CallDocument>? request = null) =>
        (Call(operation, options, HResult.SystemAlreadyStopped) with { Request = request }).RunAsync(make);

    // Only a request of schema 2 has a path.
    private static CallDocument OfChange(string request)
    {
        using JsonDocument json = JsonDocument.Parse(request);
        bool hasPath = json.RootElement.TryGetProperty(nameof(ModifySettingRequest.ResourcePath), out _);
        return new CallDocument(
            hasPath ? typeof(ModifySettingRequest) : typeof(ResourceModificationRequestResponse), () => request);
    }

    /// <summary>Makes a call with which a running system ends, so that its exit may be told first.</summary>
    private async Task LastCallAsync(
        ComputeOperation operation, CallOptions options, Func<CancellationToken, Task> make, HcsDocument request)
    {
        if (State.HasExited)
        {
            throw new HcsException(operation.Function(), HResult.SystemAlreadyStopped, Id);
        }

        try
        {
            BoundedCall call = Call(operation, options, overtakenBy: 0) with { Request = () => CallDocument.OfRequest(request) };
            await call.RunAsync(make).ConfigureAwait(false);
        }
        catch (HcsException e) when (e.Is(HResult.SystemAlreadyStopped) && State.HasExited)
        {
        }
    }

    /// <summary>
    /// Ends the system. If the system has already stopped, this succeeds, however the request ends; every other refusal
    /// is thrown.
    /// </summary>
    private async Task EndAsync(ComputeOperation operation, CallOptions options, Func<CancellationToken, Task> make)
    {
        if (State.HasExited)
        {
            return;
        }

        try
        {
            await Call(operation, options, overtakenBy: 0).RunAsync(make).ConfigureAwait(false);
        }
        catch (HcsException e) when (e.Is(HResult.SystemAlreadyStopped) || e.Is(HResult.SystemNotFound))
        {
        }
        catch (HcsException) when (State.HasExited)
        {
        }
    }
}
