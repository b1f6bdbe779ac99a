using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Lifecycle;

namespace HcsPowerShell.Interop.Faults;

/// <summary>Makes calls and applies the active plan to them. All members may be called from any thread.</summary>
internal sealed class FaultInjector
{
    private readonly ConcurrentDictionary<(string System, ComputeSystemEventType Event), bool> _repeated = new();
    private volatile FaultPlan _plan = FaultPlan.Empty;
    private ServiceConnection _connection = new();

    public FaultPlan Plan
    {
        get => _plan;
        set => _plan = value;
    }

    /// <summary>The connection that new handles are tied to.</summary>
    public ServiceConnection Connection => Volatile.Read(ref _connection);

    /// <summary>Makes a call and applies the plan to it.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="systemId">Id of the system the call is made on, if any.</param>
    /// <param name="make">Makes the call on the inner service.</param>
    /// <param name="abandoned">Cancelled when the caller no longer waits for the call.</param>
    /// <param name="read">Reads an answer of the plan; for operations that are answered with a document.</param>
    /// <returns>The result, even when it comes too late: a caller that has stopped waiting must undo it.</returns>
    public Task<T> CallAsync<T>(
        ComputeOperation operation,
        string? systemId,
        Func<CallOptions, Task<T>> make,
        CancellationToken abandoned,
        Func<string, T>? read = null)
    {
        // The caller already limits the wait, so the inner service adds no limit of its own.
        var options = new CallOptions(abandoned, Timeout.InfiniteTimeSpan);
        return Plan.Next(operation) is { } fault
            ? DisturbAsync(fault, operation, systemId, () => make(options), abandoned, read)
            : make(options);
    }

    /// <summary>Makes a call without a result and applies the plan to it.</summary>
    public Task CallAsync(
        ComputeOperation operation,
        string? systemId,
        Func<CallOptions, Task> make,
        CancellationToken abandoned) => CallAsync(operation, systemId, WithResult(make), abandoned);

    /// <summary>Makes a call on layers or images within its time, over the present connection, and applies the plan to it.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="options">How long the caller waits.</param>
    /// <param name="make">Makes the call on the inner service.</param>
    /// <param name="undo">Undoes a call that has succeeded when the caller no longer waits for it.</param>
    public Task<T> ServeAsync<T>(
        ComputeOperation operation, CallOptions options, Func<CallOptions, Task<T>> make, Func<T, Task>? undo = null) =>
        new BoundedCall(operation, null, Connection.Lifetime, options).RunAsync(
            abandoned => CallAsync(operation, null, make, abandoned),
            undo is null ? null : async call =>
            {
                await undo(await call.ConfigureAwait(false)).ConfigureAwait(false);
            });

    /// <inheritdoc cref="ServeAsync{T}"/>
    public Task ServeAsync(
        ComputeOperation operation, CallOptions options, Func<CallOptions, Task> make, Func<Task>? undo = null) =>
        ServeAsync(operation, options, WithResult(make), undo is null ? null : _ => undo());

    /// <summary>True, once, for an event that the plan reports twice.</summary>
    public bool TakeRepeated(string systemId, ComputeSystemEventType type) => _repeated.TryRemove((systemId, type), out _);

    /// <summary>Delays the report of an exit as the plan requires; false when the exit is never reported.</summary>
    /// <exception cref="HcsException">The notification reports a failure.</exception>
    public async Task<bool> MayTellAsync(
        Fault? fault, ComputeOperation exit, string systemId, ServiceConnection connection)
    {
        switch (fault?.Kind)
        {
            case null:
                return true;
            case FaultKind.Refused:
                throw Refused(fault, exit, systemId);
            case FaultKind.Disconnected:
                Disconnect();
                return false;
            default:
                return await connection.PauseAsync(fault.Time).ConfigureAwait(false)
                    ? true
                    : throw Disconnected(exit, systemId);
        }
    }

    /// <summary>
    /// Closes a handle. A close never waits: a delayed close happens later, a close whose completion is lost never
    /// happens.
    /// </summary>
    public void Close(ComputeOperation operation, string systemId, ServiceConnection connection, Action close)
    {
        Fault? fault = connection.Lifetime.Over.IsCompleted ? null : Plan.Next(operation);
        if (fault is { Kind: FaultKind.Delayed or FaultKind.Late })
        {
            _ = CloseLaterAsync(fault.Time, connection, close);
            return;
        }

        close();
        if (fault is { Kind: FaultKind.Refused })
        {
            throw Refused(fault, operation, systemId);
        }

        if (fault is { Kind: FaultKind.Disconnected })
        {
            Disconnect();
            throw Disconnected(operation, systemId);
        }
    }

    private static Func<CallOptions, Task<bool>> WithResult(Func<CallOptions, Task> make) => async options =>
    {
        await make(options).ConfigureAwait(false);
        return true;
    };

    private static async Task CloseLaterAsync(TimeSpan time, ServiceConnection connection, Action close)
    {
        await connection.PauseAsync(time).ConfigureAwait(false);
        close();
    }

    private static HcsException Refused(Fault fault, ComputeOperation operation, string? systemId) =>
        fault.Document is { } document
            ? new HcsException(operation.Function(), fault.HResult, systemId, document)
            : Failed(operation, fault.HResult, systemId, $"Injected by {fault.Origin}.");

    private static HcsException Disconnected(ComputeOperation operation, string? systemId) =>
        Failed(operation, HResult.ServiceDisconnect, systemId, "The compute service has disconnected.");

    private static HcsException Failed(ComputeOperation operation, int hresult, string? systemId, string message) =>
        new(operation.Function(), hresult, systemId,
            HcsJson.Write(new ResultError { Error = hresult, ErrorMessage = message }));

    private async Task<T> DisturbAsync<T>(
        Fault fault,
        ComputeOperation operation,
        string? systemId,
        Func<Task<T>> make,
        CancellationToken abandoned,
        Func<string, T>? read)
    {
        switch (fault.Kind)
        {
            case FaultKind.Refused:
                throw Refused(fault, operation, systemId);
            case FaultKind.Disconnected:
                Disconnect();
                throw Disconnected(operation, systemId);
            case FaultKind.Delayed:
                await Task.Delay(fault.Time, abandoned).ConfigureAwait(false);
                return await make().ConfigureAwait(false);
            case FaultKind.Answered:
                await make().ConfigureAwait(false);
                return read!(fault.Document!);
            case FaultKind.Repeated:
                return await RepeatAsync((systemId!, operation.Event()!.Value), make).ConfigureAwait(false);
            default:
                T result = await make().ConfigureAwait(false);
                await Task.WhenAny(Task.Delay(fault.Time, abandoned)).ConfigureAwait(false);
                return result;
        }
    }

    private async Task<T> RepeatAsync<T>((string System, ComputeSystemEventType Event) told, Func<Task<T>> make)
    {
        _repeated[told] = true;
        try
        {
            return await make().ConfigureAwait(false);
        }
        catch
        {
            // No event is raised for a call that has failed.
            _repeated.TryRemove(told, out _);
            throw;
        }
    }

    private void Disconnect() => Interlocked.Exchange(ref _connection, new ServiceConnection()).Lose();
}
