using System;
using System.Collections.Generic;
using System.Linq;

namespace HcsPowerShell.Interop.Documents;

/// <summary>A network namespace, which holds the endpoints of a container (HCN <c>HostComputeNamespace</c>).</summary>
public sealed class HostComputeNamespace : HostComputeObject
{
    /// <summary>Number of the compartment.</summary>
    public uint? NamespaceId { get; set; }

    /// <summary>Guid of the compartment.</summary>
    public string? NamespaceGuid { get; set; }

    /// <summary>Host, HostDefault, Guest or GuestDefault; null leaves the choice to the service.</summary>
    public string? Type { get; set; }

    /// <summary>The endpoints and containers in it.</summary>
    public NamespaceResource[]? Resources { get; set; }

    /// <summary>The guids of the endpoints in it.</summary>
    internal IEnumerable<Guid> Endpoints => (Resources ?? [])
        .Where(resource => resource?.Type == NamespaceResource.Endpoint)
        .Select(resource => Guid.TryParse(resource.Data?.Id, out Guid id) ? id : Guid.Empty)
        .Where(id => id != Guid.Empty);
}

/// <summary>An endpoint or a container in a namespace (HCN <c>NamespaceResource</c>).</summary>
public sealed class NamespaceResource : CompositeDocument
{
    /// <summary>Type of an endpoint.</summary>
    internal const string Endpoint = "Endpoint";

    /// <summary>Container or Endpoint.</summary>
    public string? Type { get; set; }

    /// <summary>The resource: a member Id.</summary>
    public NamespaceResourceData? Data { get; set; }
}

/// <summary>Names a resource of a namespace.</summary>
public sealed class NamespaceResourceData : HcsDocument
{
    /// <summary>Guid of an endpoint, or id of a container.</summary>
    public string? Id { get; set; }
}

/// <summary>Settings of a request that adds an endpoint to a namespace or removes one.</summary>
public sealed class NamespaceEndpoint : HcsDocument
{
    /// <summary>Guid of the endpoint.</summary>
    public string? EndpointId { get; set; }
}
