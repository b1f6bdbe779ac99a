using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop;

/// <summary>
/// The networks of a host, with their endpoints and namespaces (Host Compute Network, HCN; package hcn of hcsshim).
/// </summary>
/// <remarks>
/// The type parameter is the kind of object: <see cref="HostComputeNetwork"/>, <see cref="HostComputeEndpoint"/> or
/// <see cref="HostComputeNamespace"/>. Every method throws <see cref="HcsException"/> when the service refuses the call,
/// and with <see cref="HResult.OperationTimeout"/> when its time has passed. Objects stay until they are deleted; those of
/// an embedded host end with it. An object that is created after its caller stopped waiting is deleted again.
/// </remarks>
public interface INetworkService
{
    /// <summary>
    /// Occurs when the service reports a change of a network, an endpoint or a namespace. The first handler subscribes to
    /// the service (HcnRegisterServiceCallback), and removing the last one unsubscribes.
    /// </summary>
    /// <exception cref="HcsException">The service refuses the subscription.</exception>
    event Action<NetworkEvent>? EventReceived;

    /// <summary>Finds the guids of objects (HcnEnumerate…). An object can be gone when it is read afterwards.</summary>
    /// <param name="filter">JSON, such as <c>{"Name":"nat"}</c>; null means all.</param>
    /// <param name="options">How long to wait.</param>
    Task<IReadOnlyList<Guid>> FindAsync<T>(string? filter, CallOptions options)
        where T : HostComputeObject;

    /// <summary>Reads an object (HcnOpen…, HcnQuery…Properties).</summary>
    /// <param name="id">Guid of the object.</param>
    /// <param name="isDetailed">True to read what the service tells on demand only.</param>
    /// <param name="options">How long to wait.</param>
    /// <exception cref="HcsException">
    /// <see cref="HResult.NetworkNotFound"/>, <see cref="HResult.EndpointNotFound"/> or
    /// <see cref="HResult.ElementNotFound"/> when there is none.
    /// </exception>
    Task<T> GetAsync<T>(Guid id, bool isDetailed, CallOptions options)
        where T : HostComputeObject;

    /// <summary>Creates an object (HcnCreate…), and reads it.</summary>
    /// <param name="id">Guid of the new object, where the service takes it.</param>
    /// <param name="document">The object; for an endpoint, with the guid of its network.</param>
    /// <param name="options">How long to wait.</param>
    Task<T> CreateAsync<T>(Guid id, T document, CallOptions options)
        where T : HostComputeObject;

    /// <summary>Changes an object (HcnModify…).</summary>
    /// <param name="id">Guid of the object.</param>
    /// <param name="request">The change.</param>
    /// <param name="options">How long to wait.</param>
    Task ModifyAsync<T>(Guid id, ModifyNetworkSettingRequest request, CallOptions options)
        where T : HostComputeObject;

    /// <summary>Deletes an object (HcnDelete…).</summary>
    Task DeleteAsync<T>(Guid id, CallOptions options)
        where T : HostComputeObject;

    /// <summary>Reads the counters of an endpoint (HcnQueryEndpointStats; HNSCall where that is missing).</summary>
    Task<NetworkStats> GetStatisticsAsync(Guid endpoint, CallOptions options);

    /// <summary>
    /// The version of the Host Network Service, which tells what it can do; null for a host without it.
    /// </summary>
    Task<Version?> GetVersionAsync(CallOptions options);
}

/// <summary>A change that the Host Compute Network service reported.</summary>
/// <param name="Type">The type of the event.</param>
/// <param name="ObjectId">Guid of the network, endpoint or namespace; null when the event does not tell.</param>
/// <param name="Timestamp">The time at which the event was received.</param>
/// <param name="Document">The document that came with the event.</param>
public sealed record NetworkEvent(NetworkEventType Type, Guid? ObjectId, DateTimeOffset Timestamp, string? Document);

/// <summary>The types of events of networks (HCN_NOTIFICATIONS), by their numbers there.</summary>
public enum NetworkEventType
{
    /// <summary>A network was created.</summary>
    NetworkCreated = 2,

    /// <summary>A network was deleted.</summary>
    NetworkDeleted = 4,

    /// <summary>A namespace was created.</summary>
    NamespaceCreated = 5,

    /// <summary>A namespace was deleted.</summary>
    NamespaceDeleted = 6,

    /// <summary>An endpoint was attached.</summary>
    EndpointAttached = 9,

    /// <summary>An endpoint was detached.</summary>
    EndpointDetached = 0x10,

    /// <summary>The service has ended, and no event follows.</summary>
    ServiceDisconnected = 0x1000000,
}
