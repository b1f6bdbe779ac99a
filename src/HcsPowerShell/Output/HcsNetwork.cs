using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Documents.Rules;

namespace HcsPowerShell;

/// <summary>A network, as it was at the time of the query.</summary>
public sealed class HcsNetwork : HcsOutput
{
    internal HcsNetwork(HcsHost host, HostComputeNetwork network)
        : base(host)
    {
        HostComputeSubnet[] subnets = [.. NetworkRules.SubnetsOf(network)];
        Name = VisibleText.OfName(network.Name);
        Id = network.Guid;
        Type = string.IsNullOrEmpty(network.Type) ? HostComputeNetwork.DefaultType : VisibleText.OfName(network.Type)!;
        Owner = VisibleText.OfName(network.Owner);
        AddressPrefix = Shown(subnets.Select(subnet => subnet.IpAddressPrefix));
        Gateway = Shown(subnets.SelectMany(subnet => subnet.Routes ?? [])
            .Where(route => route?.DestinationPrefix is "0.0.0.0/0" or "::/0")
            .Select(route => route.NextHop));
        DnsServer = Shown(network.Dns?.ServerList);
        DnsSuffix = VisibleText.OfName(network.Dns?.Domain);
        Flags = network.Flags;
        Policies = Shown(NetworkRules.PoliciesOf(network).Select(policy => policy?.Type));
        ServiceDocument = HcsJson.Reproduce(network);
    }

    private HcsNetwork(HcsHost host, Guid id, string? name)
        : base(host) => (Id, Name, Type) = (id, name, string.Empty);

    /// <summary>Name, which need not be unique.</summary>
    public string? Name { get; }

    /// <summary>Guid of the network.</summary>
    public Guid Id { get; }

    /// <summary>NAT, ICS, Transparent, L2Bridge, L2Tunnel, Overlay, Private, Internal and later ones.</summary>
    public string Type { get; }

    /// <summary>The product that made it, as far as the service keeps that.</summary>
    public string? Owner { get; }

    /// <summary>Prefixes of its subnets, such as 172.30.0.0/24.</summary>
    public IReadOnlyList<string> AddressPrefix { get; } = [];

    /// <summary>Addresses of its default routers.</summary>
    public IReadOnlyList<string> Gateway { get; } = [];

    /// <summary>Addresses of its DNS servers.</summary>
    public IReadOnlyList<string> DnsServer { get; } = [];

    /// <summary>DNS domain.</summary>
    public string? DnsSuffix { get; }

    /// <summary>Flags, such as EnablePersistent.</summary>
    public NetworkFlags Flags { get; }

    /// <summary>Types of its policies and of those of its subnets; the property Document has their settings.</summary>
    public IReadOnlyList<string> Policies { get; } = [];

    internal override string? ServiceDocument { get; }

    /// <summary>Creates an object for the network with an id on a host; nothing else is known of it.</summary>
    internal static HcsNetwork Named(HcsHost host, Guid id, string? name) => new(host, id, name);

    /// <summary>The texts of a document that are not empty, safe to show.</summary>
    internal static string[] Shown(IEnumerable<string?>? texts) =>
        [.. (texts ?? []).Where(text => !string.IsNullOrEmpty(text)).Select(text => VisibleText.OfName(text)!)];

    /// <inheritdoc/>
    public override string ToString() => string.IsNullOrEmpty(Name) ? Id.ToString() : Name!;
}
