using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell;

/// <summary>An endpoint, the network adapter of a container, as it was at the time of the query.</summary>
public sealed class HcsEndpoint : HcsOutput
{
    /// <param name="host">The host.</param>
    /// <param name="endpoint">The document.</param>
    /// <param name="network">Name of its network; null when it is not known.</param>
    internal HcsEndpoint(HcsHost host, HostComputeEndpoint endpoint, string? network)
        : base(host)
    {
        Name = VisibleText.OfName(endpoint.Name);
        Id = endpoint.Guid;
        Owner = VisibleText.OfName(endpoint.Owner);
        Network = VisibleText.OfName(network);
        NetworkId = GuidOf(endpoint.HostComputeNetwork);
        IPAddress = HcsNetwork.Shown(endpoint.IpConfigurations?.Select(address => address?.IpAddress));
        MacAddress = VisibleText.OfName(endpoint.MacAddress);
        PortMapping = PortsOf(endpoint);
        Containers = HcsNetwork.Shown(endpoint.Health?.Extra?.SharedContainers);
        NamespaceId = GuidOf(endpoint.HostComputeNamespace);
        DnsServer = HcsNetwork.Shown(endpoint.Dns?.ServerList);
        Flags = endpoint.Flags;
        Policies = HcsNetwork.Shown(endpoint.Policies?.Select(policy => policy?.Type));
        ServiceDocument = HcsJson.Reproduce(endpoint);
    }

    private HcsEndpoint(HcsHost host, Guid id, string? name)
        : base(host) => (Id, Name) = (id, name);

    /// <summary>Name, which need not be unique.</summary>
    public string? Name { get; }

    /// <summary>Guid of the endpoint.</summary>
    public Guid Id { get; }

    /// <summary>The product that made it, as far as the service keeps that.</summary>
    public string? Owner { get; }

    /// <summary>Name of its network; null when the network is not found.</summary>
    public string? Network { get; }

    /// <summary>Guid of its network.</summary>
    public Guid? NetworkId { get; }

    /// <summary>Its addresses.</summary>
    public IReadOnlyList<string> IPAddress { get; } = [];

    /// <summary>Hardware address, such as 00-15-5D-52-C0-00.</summary>
    public string? MacAddress { get; }

    /// <summary>Its ports that are reached by ports of the host, each by itself.</summary>
    public IReadOnlyList<HcsPortMapping> PortMapping { get; } = [];

    /// <summary>Ids of the systems that it is attached to.</summary>
    public IReadOnlyList<string> Containers { get; } = [];

    /// <summary>Guid of the network namespace that it is in; null when it is in none.</summary>
    public Guid? NamespaceId { get; }

    /// <summary>Addresses of its DNS servers.</summary>
    public IReadOnlyList<string> DnsServer { get; } = [];

    /// <summary>Flags, such as DisableInterComputeCommunication.</summary>
    public EndpointFlags Flags { get; }

    /// <summary>Types of its policies; the property Document has their settings.</summary>
    public IReadOnlyList<string> Policies { get; } = [];

    internal override string? ServiceDocument { get; }

    /// <summary>Creates an object for the endpoint with an id on a host; nothing else is known of it.</summary>
    internal static HcsEndpoint Named(HcsHost host, Guid id, string? name) => new(host, id, name);

    /// <summary>The mapped ports of an endpoint.</summary>
    internal static HcsPortMapping[] PortsOf(HostComputeEndpoint endpoint) =>
        [.. (endpoint.Policies ?? []).Select(HcsPortMapping.Of).OfType<HcsPortMapping>()];

    /// <summary>The guid in a member of a document; null when there is none, or none but zeros.</summary>
    internal static Guid? GuidOf(string? text) => Guid.TryParse(text, out Guid id) && id != Guid.Empty ? id : null;

    /// <inheritdoc/>
    public override string ToString() => string.IsNullOrEmpty(Name) ? Id.ToString() : Name!;
}
