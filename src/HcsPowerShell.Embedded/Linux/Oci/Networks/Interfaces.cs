using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>The commands of ip for bridges and veth pairs.</summary>
/// <remarks>
/// No interface has an address of IPv6. A packet may return to the port it came from (hairpin): with br_netfilter, so does
/// what a container sends to its own mapped port.
/// </remarks>
internal static class Interfaces
{
    /// <summary>Makes the bridge of a network, without its address.</summary>
    public static string[] MakeBridge(HostNetwork network) =>
    [
        $"link add name {network.Bridge} mtu {network.Mtu}"
            + $" address {HardwareAddress.ForLinux(HardwareAddress.Of(network.Gateway))} type bridge",
        $"link set dev {network.Bridge} addrgenmode none",
    ];

    /// <summary>Begins its work.</summary>
    public static string[] Open(HostNetwork network) =>
    [
        $"link set dev {network.Bridge} up",
        .. network.Type == NetworkType.Private
            ? Array.Empty<string>()
            : [$"address add {Ip4Address.Write(network.Gateway)}/{network.Subnet.Length} broadcast + dev {network.Bridge}"],
    ];

    /// <summary>Makes the veth pair of an endpoint, with one end in the network namespace of a process.</summary>
    public static string[] MakePair(HostEndpoint endpoint, int processId, string name) =>
    [
        $"link add name {endpoint.Pair} mtu {endpoint.Network.Mtu} master {endpoint.Network.Bridge} type veth"
            + $" peer name {name} mtu {endpoint.Network.Mtu} address {HardwareAddress.ForLinux(endpoint.Hardware)}"
            + $" netns {processId.ToString(CultureInfo.InvariantCulture)}",
        $"link set dev {endpoint.Pair} addrgenmode none up type bridge_slave hairpin on",
    ];

    /// <summary>Gives the end in the container its address and its routes.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="name">Name of the interface in the container.</param>
    /// <param name="isDefault">False when another endpoint has the default route already.</param>
    public static IEnumerable<string> Configure(HostEndpoint endpoint, string name, bool isDefault) =>
    [
        $"address add {Ip4Address.Write(endpoint.Address)}/{endpoint.Network.Subnet.Length} broadcast + dev {name}",
        $"link set dev {name} addrgenmode none up",
        .. endpoint.Routes.Where(route => isDefault || !route.IsDefault).Select(route =>
            $"route add {route.Destination} via {Ip4Address.Write(route.NextHop)} dev {name}"
            + (route.Metric is { } metric ? $" metric {metric}" : string.Empty)),
    ];

    public static string Remove(string name) => $"link delete dev {name}";
}
