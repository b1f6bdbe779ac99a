using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop.Lifecycle;

/// <summary>
/// Base class of a host of systems. It has the deadlines and undoes abandoned calls; an adapter adds its operations.
/// </summary>
internal abstract class ComputeServiceBase : IComputeService
{
    public abstract HostProperties Declared { get; }

    public abstract ILayerService Layers { get; }

    public abstract IImageService Images { get; }

    public abstract INetworkService Networks { get; }

    public abstract IMachineService Machines { get; }

    public async Task<IContainer> CreateContainerAsync(
        string id, string document, SchemaVersion version, CallOptions options) => await CallAsync(
            ComputeOperation.Create,
            id,
            options,
            abandoned => CreateContainerAsync(id, document, version, abandoned),
            () => new CallDocument(version.CreationType, () => document),
            UndoCreationAsync).ConfigureAwait(false);

    public async Task<IContainer> OpenContainerAsync(string id, CallOptions options) =>
        await OpenAsync(id, options).ConfigureAwait(false);

    public Task<IEnumerable<ContainerProperties>> GetContainersAsync(ComputeSystemQuery query, CallOptions options) =>
        CallAsync(
            ComputeOperation.Enumerate,
            null,
            options,
            abandoned => GetContainersAsync(query, abandoned),
            () => CallDocument.OfRequest(query));

    public Task<HostProperties> GetPropertiesAsync(CallOptions options) =>
        CallAsync(ComputeOperation.ServiceProperties, null, options, GetPropertiesAsync);

    public abstract void Close();

    /// <inheritdoc cref="OpenContainerAsync(string, CallOptions)"/>
    internal Task<ContainerBase> OpenAsync(string id, CallOptions options) => CallAsync(
        ComputeOperation.Open,
        id,
        options,
        abandoned => OpenContainerAsync(id, abandoned),
        undo: static async opening => (await opening.ConfigureAwait(false)).Close());

    /// <summary>The period in which the service can be called.</summary>
    private protected virtual Lifetime Lifetime { get; } = new();

    private protected abstract Task<ContainerBase> CreateContainerAsync(
        string id, string document, SchemaVersion version, CancellationToken abandoned);

    private protected abstract Task<ContainerBase> OpenContainerAsync(string id, CancellationToken abandoned);

    private protected abstract Task<IEnumerable<ContainerProperties>> GetContainersAsync(
        ComputeSystemQuery query, CancellationToken abandoned);

    private protected abstract Task<HostProperties> GetPropertiesAsync(CancellationToken abandoned);

    /// <summary>Ends a system whose creation the caller no longer waits for, and closes its handle.</summary>
    private static async Task UndoCreationAsync(Task<ContainerBase> creating)
    {
        ContainerBase container = await creating.ConfigureAwait(false);
        try
        {
            await container.TerminateAsync(CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            container.Close();
        }
    }

    private Task<T> CallAsync<T>(
        ComputeOperation operation,
        string? id,
        CallOptions options,
        Func<CancellationToken, Task<T>> make,
        Func<CallDocument>? request = null,
        Func<Task<T>, Task>? undo = null) =>
        new BoundedCall(operation, id, Lifetime, options) { Request = request }.RunAsync(make, undo);
}
