using System;
using System.Linq;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>A checked document of a network that is to be created.</summary>
/// <param name="Id">Guid of the network.</param>
/// <param name="Document">The document.</param>
/// <param name="Type">Its type.</param>
/// <param name="Subnet">The subnet that it names; null leaves the choice to the host.</param>
/// <param name="Gateway">The address of the host that it names; null leaves the choice to the host.</param>
/// <param name="Routes">The routes that it names; null for none.</param>
internal sealed record NetworkRequest(
    Guid Id, HostComputeNetwork Document, NetworkType Type, Ip4Prefix? Subnet, uint? Gateway, HostComputeRoute[]? Routes)
{
    // A subnet has an address of its own, one for the host, one for an endpoint, and one for all.
    private const int LongestLength = 30;
    private const int ShortestLength = 8;

    private static readonly string s_function = ComputeOperation.CreateNetwork.Function();

    /// <exception cref="HcsException">The document asks for what there is not on Linux.</exception>
    public static NetworkRequest Read(Guid id, HostComputeNetwork document)
    {
        if (!Enum.TryParse(document.Type ?? HostComputeNetwork.DefaultType, ignoreCase: true, out NetworkType type)
            || !Enum.IsDefined(typeof(NetworkType), type) || int.TryParse(document.Type, out _))
        {
            throw Refusal.Refused(
                s_function,
                HResult.InvalidNetworkType,
                $"Type: isolation Oci has networks of the types NAT, Internal and Private, not {document.Type}.");
        }

        if ((document.Flags & ~NetworkFlags.EnableNonPersistent) != 0)
        {
            throw NotSupported($"Flags: a network of isolation Oci has no {document.Flags}; it ends with its host.");
        }

        if (document.Policies?.FirstOrDefault() is { } policy)
        {
            throw Refusal.Refused(
                s_function, HResult.InvalidPolicyType, $"Policies: isolation Oci has no policy {policy.Type} of a network.");
        }

        if (document.MacPool is { Ranges.Length: > 0 })
        {
            throw NotSupported("MacPool: isolation Oci takes the hardware address of an endpoint from its address.");
        }

        HostComputeIpam[] ipams = document.Ipams ?? [];
        if (ipams.Any(ipam => "Dhcp".Equals(ipam.Type, StringComparison.OrdinalIgnoreCase)))
        {
            throw NotSupported("Ipams: isolation Oci gives the addresses itself, and asks no DHCP.");
        }

        HostComputeSubnet[] subnets = [.. ipams.SelectMany(ipam => ipam.Subnets ?? [])];
        return subnets.Length switch
        {
            0 => new NetworkRequest(id, document, type, null, null, null),
            1 => OfSubnet(id, document, type, subnets[0]),
            _ => throw NotSupported("Ipams: a network of isolation Oci has one subnet."),
        };
    }

    private static NetworkRequest OfSubnet(
        Guid id, HostComputeNetwork document, NetworkType type, HostComputeSubnet subnet)
    {
        if (subnet.Policies?.FirstOrDefault() is { } policy)
        {
            throw Refusal.Refused(
                s_function, HResult.InvalidPolicyType, $"Policies: isolation Oci has no policy {policy.Type} of a subnet.");
        }

        if (subnet.Flags != SubnetFlags.None || subnet.IpSubnets is not null)
        {
            throw NotSupported("Ipams: a subnet of isolation Oci has no flags and no parts.");
        }

        if (Ip4Address.IsIp6(subnet.IpAddressPrefix))
        {
            throw NotSupported($"IpAddressPrefix: isolation Oci has no IPv6, and '{subnet.IpAddressPrefix}' is of IPv6.");
        }

        Ip4Prefix? prefix = string.IsNullOrEmpty(subnet.IpAddressPrefix) ? null : RequirePrefix(subnet.IpAddressPrefix!);
        Ip4Route[] routes = [.. (subnet.Routes ?? []).Select(route => Ip4Route.Read(s_function, route))];
        uint? gateway = routes.FirstOrDefault(route => route.IsDefault)?.NextHop;
        if (gateway is { } address
            && (prefix is not { } own || !own.Contains(address) || address == own.First || address == own.Last))
        {
            throw Refusal.Refused(
                s_function,
                HResult.InvalidIp,
                $"NextHop: '{Ip4Address.Write(address)}' is no address in the subnet '{subnet.IpAddressPrefix}'.");
        }

        return new NetworkRequest(id, document, type, prefix, gateway, gateway is null ? null : subnet.Routes);
    }

    private static Ip4Prefix RequirePrefix(string text) =>
        Ip4Prefix.Read(text) is { Length: >= ShortestLength and <= LongestLength } prefix
            ? prefix
            : throw Refusal.Refused(
                s_function,
                HResult.InvalidPrefix,
                $"IpAddressPrefix: '{text}' is no subnet of IPv4 with /{ShortestLength} to /{LongestLength}.");

    private static HcsException NotSupported(string message) => Refusal.NotSupported(null, s_function, message);
}
