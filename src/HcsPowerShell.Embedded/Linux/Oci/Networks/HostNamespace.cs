using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>A namespace of the host: the endpoints for one container.</summary>
/// <param name="id">Its guid.</param>
/// <param name="number">Its number.</param>
/// <param name="document">The document it was created from.</param>
internal sealed class HostNamespace(Guid id, uint number, HostComputeNamespace document)
{
    public Guid Id => id;

    public string? Name => document.Name;

    public string? Type => document.Type;

    /// <summary>The endpoints in it, in the order in which they came.</summary>
    public IReadOnlyList<HostEndpoint> Endpoints { get; set; } = [];

    /// <summary>The container that has its endpoints; null when none has.</summary>
    public NamespaceUser? User { get; set; }

    public HostComputeNamespace Describe()
    {
        HostComputeNamespace answer = HcsJson.Read<HostComputeNamespace>(HcsJson.Write(document));
        answer.Id = HostComputeObject.IdText(id);
        answer.NamespaceId = number;
        answer.NamespaceGuid = answer.Id;
        answer.Resources =
        [
            .. Endpoints.Select(endpoint => Resource(NamespaceResource.Endpoint, HostComputeObject.IdText(endpoint.Id))),
            .. User is { } user ? [Resource("Container", user.Container)] : Array.Empty<NamespaceResource>(),
        ];
        return answer;
    }

    private static NamespaceResource Resource(string type, string id) =>
        new() { Type = type, Data = new NamespaceResourceData { Id = id } };
}

/// <summary>The container in a namespace.</summary>
/// <param name="Container">Its id.</param>
/// <param name="ProcessId">Host process id of its first process.</param>
internal sealed record NamespaceUser(string Container, int ProcessId);
