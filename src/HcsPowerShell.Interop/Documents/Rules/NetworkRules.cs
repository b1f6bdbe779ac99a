using System;
using System.Collections.Generic;
using System.Linq;

namespace HcsPowerShell.Interop.Documents.Rules;

/// <summary>
/// The rules that the document of a network must satisfy before it is sent. Those of its routes are hcsshim's.
/// </summary>
internal static class NetworkRules
{
    private static readonly string[] s_reserved = ["none", "host"];

    /// <summary>Returns every problem of the document.</summary>
    public static IEnumerable<DocumentProblem> Check(HostComputeNetwork network) =>
    [
        .. Name(network.Name),
        .. (network.Ipams ?? []).SelectMany((ipam, i) => (ipam?.Subnets ?? []).SelectMany(
            (subnet, j) => subnet is null ? [] : Subnet(subnet, $"Ipams[{i}].Subnets[{j}]"))),
        .. Servers(network.Dns),
        .. TextRules.Check(network),
    ];

    /// <summary>The problem of a name that stands for no network; null for every other name.</summary>
    public static string? Reserved(string? name) => s_reserved.Contains(name, StringComparer.OrdinalIgnoreCase)
        ? $"'{name}' is a reserved name: other tools mean no network by none, and that of the host by host"
        : null;

    /// <summary>The prefixes of a network that can be read.</summary>
    public static IEnumerable<AddressPrefix> PrefixesOf(HostComputeNetwork network) =>
        SubnetsOf(network)
            .Select(subnet => subnet.IpAddressPrefix is { Length: > 0 } text ? AddressPrefix.Parse(text, out _) : null)
            .OfType<AddressPrefix>();

    /// <summary>The subnets of a network.</summary>
    public static IEnumerable<HostComputeSubnet> SubnetsOf(HostComputeNetwork network) =>
        (network.Ipams ?? []).SelectMany(ipam => ipam?.Subnets ?? []).Where(subnet => subnet is not null);

    /// <summary>The policies of a network and of its subnets.</summary>
    public static IEnumerable<HostComputePolicy?> PoliciesOf(HostComputeNetwork network) =>
        (network.Policies ?? []).Concat(SubnetsOf(network).SelectMany(subnet => subnet.Policies ?? []));

    /// <summary>Returns a problem for each server that is no address.</summary>
    public static IEnumerable<DocumentProblem> Servers(HostComputeDns? dns) =>
        (dns?.ServerList ?? []).SelectMany((server, i) => AddressPrefix.ParseAddress(server ?? string.Empty) is null
            ? new[] { new DocumentProblem($"Dns.ServerList[{i}]", $"'{server}' is no IP address.") }
            : []);

    private static IEnumerable<DocumentProblem> Name(string? name) =>
        string.IsNullOrWhiteSpace(name) ? [new DocumentProblem("Name", "A network needs a name.")]
        : Reserved(name) is { } problem ? [new DocumentProblem("Name", problem + ".")]
        : [];

    private static IEnumerable<DocumentProblem> Subnet(HostComputeSubnet subnet, string path)
    {
        if (string.IsNullOrEmpty(subnet.IpAddressPrefix))
        {
            return [];
        }

        if (AddressPrefix.Parse(subnet.IpAddressPrefix!, out string? problem) is not { } prefix)
        {
            return [new DocumentProblem($"{path}.IpAddressPrefix", char.ToUpperInvariant(problem![0]) + problem.Substring(1) + ".")];
        }

        HostComputeRoute[] routes = [.. (subnet.Routes ?? []).Where(route => route is not null)];
        return routes.Any(route => route.DestinationPrefix == prefix.Everything)
            ? routes.SelectMany((route, i) => Route(route, prefix, $"{path}.Routes[{i}]"))
            : [new DocumentProblem($"{path}.Routes", $"A prefix needs a default route, to {prefix.Everything}.")];
    }

    private static IEnumerable<DocumentProblem> Route(HostComputeRoute route, AddressPrefix prefix, string path) =>
        AddressPrefix.ParseAddress(route.NextHop ?? string.Empty) is not { } hop
            ? [new DocumentProblem($"{path}.NextHop", "The address of the next router is required.")]
        : route.DestinationPrefix == prefix.Everything && !prefix.Contains(hop)
            ? [new DocumentProblem($"{path}.NextHop", $"The gateway {hop} is not in {prefix}.")]
        : [];
}
