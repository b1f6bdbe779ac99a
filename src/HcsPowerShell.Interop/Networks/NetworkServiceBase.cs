using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Lifecycle;

namespace HcsPowerShell.Interop.Networks;

/// <summary>
/// Base class of the networks of a host. It has the deadlines, deletes what a caller no longer waits for, and shares one
/// subscription among all handlers; an adapter adds its operations.
/// </summary>
internal abstract class NetworkServiceBase : INetworkService
{
    private readonly object _gate = new();
    private Action<NetworkEvent>? _handlers;
    private Lazy<IDisposable>? _subscription;

    public event Action<NetworkEvent>? EventReceived
    {
        add
        {
            Lazy<IDisposable> subscription;
            lock (_gate)
            {
                _handlers += value;
                subscription = _subscription ??= new(() => Subscribe(change => _handlers?.Invoke(change)));
            }

            try
            {
                // The service may not answer, so the lock is not held any more; a second handler waits for the first.
                _ = subscription.Value;
            }
            catch
            {
                lock (_gate)
                {
                    _handlers -= value;
                    _subscription = _subscription == subscription ? null : _subscription;
                }

                throw;
            }
        }

        remove
        {
            Lazy<IDisposable>? last = null;
            lock (_gate)
            {
                _handlers -= value;
                if (_handlers is null)
                {
                    (last, _subscription) = (_subscription, null);
                }
            }

            last?.Value.Dispose();
        }
    }

    /// <summary>The period in which calls can be made.</summary>
    private protected abstract Lifetime Lifetime { get; }

    public Task<IReadOnlyList<Guid>> FindAsync<T>(string? filter, CallOptions options)
        where T : HostComputeObject => CallAsync(
            NetworkKind.Of<T>().Enumerate, options, abandoned => FindAsync(NetworkKind.Of<T>(), filter, abandoned));

    public Task<T> GetAsync<T>(Guid id, bool isDetailed, CallOptions options)
        where T : HostComputeObject => CallAsync(
            NetworkKind.Of<T>().Query,
            options,
            async abandoned => AnswerDocument.Read<T>(
                NetworkKind.Of<T>().Query.Function(),
                null,
                await ReadAsync(NetworkKind.Of<T>(), id, isDetailed, abandoned).ConfigureAwait(false)));

    public Task<T> CreateAsync<T>(Guid id, T document, CallOptions options)
        where T : HostComputeObject => CallAsync(
            NetworkKind.Of<T>().Create,
            options,
            async abandoned => AnswerDocument.Read<T>(
                NetworkKind.Of<T>().Create.Function(),
                null,
                await CreateAsync(NetworkKind.Of<T>(), id, document, abandoned).ConfigureAwait(false)),
            () => CallDocument.OfRequest(document),
            undo: async creating =>
            {
                T made = await creating.ConfigureAwait(false);
                await DeleteAsync(NetworkKind.Of<T>(), made.Guid, CancellationToken.None).ConfigureAwait(false);
            });

    public Task ModifyAsync<T>(Guid id, ModifyNetworkSettingRequest request, CallOptions options)
        where T : HostComputeObject => CallAsync(
            NetworkKind.Of<T>().Modify,
            options,
            abandoned => ModifyAsync(NetworkKind.Of<T>(), id, request, abandoned),
            () => CallDocument.OfRequest(request));

    public Task DeleteAsync<T>(Guid id, CallOptions options)
        where T : HostComputeObject => CallAsync(
            NetworkKind.Of<T>().Delete, options, abandoned => DeleteAsync(NetworkKind.Of<T>(), id, abandoned));

    public Task<NetworkStats> GetStatisticsAsync(Guid endpoint, CallOptions options) => CallAsync(
        ComputeOperation.EndpointStatistics, options, abandoned => GetStatisticsAsync(endpoint, abandoned));

    public Task<Version?> GetVersionAsync(CallOptions options) =>
        CallAsync(ComputeOperation.NetworkVersion, options, GetVersionAsync);

    /// <summary>Subscribes to the events of the service until the subscription is disposed.</summary>
    /// <param name="tell">Takes each event, on any thread, one at a time.</param>
    private protected abstract IDisposable Subscribe(Action<NetworkEvent> tell);

    private protected abstract Task<IReadOnlyList<Guid>> FindAsync(
        NetworkKind kind, string? filter, CancellationToken abandoned);

    private protected abstract Task<string> ReadAsync(
        NetworkKind kind, Guid id, bool isDetailed, CancellationToken abandoned);

    /// <summary>Creates an object, and reads it.</summary>
    private protected abstract Task<string> CreateAsync(
        NetworkKind kind, Guid id, HostComputeObject document, CancellationToken abandoned);

    private protected abstract Task ModifyAsync(
        NetworkKind kind, Guid id, ModifyNetworkSettingRequest request, CancellationToken abandoned);

    private protected abstract Task DeleteAsync(NetworkKind kind, Guid id, CancellationToken abandoned);

    private protected abstract Task<NetworkStats> GetStatisticsAsync(Guid endpoint, CancellationToken abandoned);

    private protected abstract Task<Version?> GetVersionAsync(CancellationToken abandoned);

    private Task<T> CallAsync<T>(
        ComputeOperation operation,
        CallOptions options,
        Func<CancellationToken, Task<T>> make,
        Func<CallDocument>? request = null,
        Func<Task<T>, Task>? undo = null) =>
        new BoundedCall(operation, null, Lifetime, options) { Request = request }.RunAsync(make, undo);

    private Task CallAsync(
        ComputeOperation operation,
        CallOptions options,
        Func<CancellationToken, Task> make,
        Func<CallDocument>? request = null) => CallAsync(
            operation,
            options,
            async abandoned =>
            {
                await make(abandoned).ConfigureAwait(false);
                return true;
            },
            request);
}
