using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>A namespace of the host: the endpoints for containers that share a network.</summary>
/// <param name="id">Its guid.</param>
/// <param name="number">Its number.</param>
/// <param name="document">The document it was created from.</param>
internal sealed class HostNamespace(Guid id, uint number, HostComputeNamespace document)
{
    // Held only while the list is replaced.
    private readonly object _gate = new();

    public Guid Id => id;

    public string? Name => document.Name;

    public string? Type => document.Type;

    /// <summary>The endpoints in it, in the order in which they came.</summary>
    public IReadOnlyList<HostEndpoint> Endpoints { get; private set; } = [];

    /// <summary>The containers that have its endpoints, the eldest first.</summary>
    public IReadOnlyList<NetworkUser> Users { get; set; } = [];

    /// <summary>The containers, for people.</summary>
    public string ShownUsers => (Users.Count == 1 ? "Container " : "Containers ")
        + string.Join(", ", Users.Select(user => $"'{user.Container}'")) + (Users.Count == 1 ? " is" : " are");

    public void Add(HostEndpoint endpoint)
    {
        lock (_gate)
        {
            Endpoints = [.. Endpoints, endpoint];
        }
    }

    public void Remove(HostEndpoint endpoint)
    {
        lock (_gate)
        {
            Endpoints = [.. Endpoints.Where(other => other != endpoint)];
        }
    }

    public HostComputeNamespace Describe()
    {
        HostComputeNamespace answer = HcsJson.Read<HostComputeNamespace>(HcsJson.Write(document));
        answer.Id = HostComputeObject.IdText(id);
        answer.NamespaceId = number;
        answer.NamespaceGuid = answer.Id;
        answer.Resources =
        [
            .. Endpoints.Select(endpoint => Resource(NamespaceResource.Endpoint, HostComputeObject.IdText(endpoint.Id))),
            .. Users.Select(user => Resource("Container", user.Container)),
        ];
        return answer;
    }

    private static NamespaceResource Resource(string type, string id) =>
        new() { Type = type, Data = new NamespaceResourceData { Id = id } };
}
