using System;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop.Networks;

/// <summary>A kind of objects of the Host Compute Network service, with the operations on it.</summary>
internal sealed record NetworkKind(
    ComputeOperation Enumerate, ComputeOperation Query, ComputeOperation Create, ComputeOperation Modify, ComputeOperation Delete)
{
    public static NetworkKind Network { get; } = new(
        ComputeOperation.EnumerateNetworks,
        ComputeOperation.QueryNetwork,
        ComputeOperation.CreateNetwork,
        ComputeOperation.ModifyNetwork,
        ComputeOperation.DeleteNetwork);

    public static NetworkKind Endpoint { get; } = new(
        ComputeOperation.EnumerateEndpoints,
        ComputeOperation.QueryEndpoint,
        ComputeOperation.CreateEndpoint,
        ComputeOperation.ModifyEndpoint,
        ComputeOperation.DeleteEndpoint);

    public static NetworkKind Namespace { get; } = new(
        ComputeOperation.EnumerateNamespaces,
        ComputeOperation.QueryNamespace,
        ComputeOperation.CreateNamespace,
        ComputeOperation.ModifyNamespace,
        ComputeOperation.DeleteNamespace);

    /// <summary>The kind of the objects that a document describes.</summary>
    public static NetworkKind Of<T>()
        where T : HostComputeObject =>
        typeof(T) == typeof(HostComputeNetwork) ? Network
        : typeof(T) == typeof(HostComputeEndpoint) ? Endpoint
        : typeof(T) == typeof(HostComputeNamespace) ? Namespace
        : throw new ArgumentException($"{typeof(T)} is no kind of object of a network.");
}
