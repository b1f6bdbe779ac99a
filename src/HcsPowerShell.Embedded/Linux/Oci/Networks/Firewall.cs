using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>
/// The commands of nft for the one table of a host. Its rules never change; networks and ports are elements of its sets
/// and maps.
/// </summary>
/// <remarks>
/// Into a bridge goes only what belongs to a known connection, what a mapped port leads there, and what comes from the same
/// bridge (which rules see when br_netfilter is loaded). All that has nothing to do with our bridges is accepted.
/// The address 127.0.0.1 of the host maps nothing, as under Windows. The number stands for the name of the priority
/// dstnat, which nft 1.0.6 does not know in an output chain.
/// </remarks>
/// <param name="table">Name of the table.</param>
internal sealed class Firewall(string table)
{
    /// <summary>Makes the table; what there is of it is replaced.</summary>
    public string Make() => $$"""
        {{Remove()}}
        table ip {{table}} {
            map ports { type inet_proto . inet_service : ipv4_addr . inet_service; }
            map addressed { type ipv4_addr . inet_proto . inet_service : ipv4_addr . inet_service; }
            set bridges { type ifname; }
            set sealed { type ifname; }
            set pairs { type ifname . ifname; }
            set sources { type ipv4_addr; flags interval; }
            chain prerouting {
                type nat hook prerouting priority dstnat; policy accept;
                fib daddr type local dnat ip to ip daddr . meta l4proto . th dport map @addressed
                fib daddr type local dnat ip to meta l4proto . th dport map @ports
            }
            chain output {
                type nat hook output priority -100; policy accept;
                ip daddr 127.0.0.0/8 accept
                fib daddr type local dnat ip to ip daddr . meta l4proto . th dport map @addressed
                fib daddr type local dnat ip to meta l4proto . th dport map @ports
            }
            chain postrouting {
                type nat hook postrouting priority srcnat; policy accept;
                ip saddr @sources ip daddr != @sources masquerade
                ip saddr @sources ct status dnat masquerade
            }
            chain forward {
                type filter hook forward priority filter; policy accept;
                iifname . oifname @pairs accept
                iifname @sealed drop
                oifname @sealed drop
                oifname @bridges ct state established,related accept
                oifname @bridges ct status dnat accept
                oifname @bridges drop
            }
        }
        """;

    /// <summary>Removes the table, if it is there.</summary>
    public string Remove() => $"add table ip {table}; delete table ip {table};";

    public string[] Add(HostNetwork network) => Change("add", network);

    public string[] Remove(HostNetwork network) => Change("delete", network);

    /// <summary>Leads ports to an endpoint.</summary>
    /// <param name="endpoint">Address of the endpoint.</param>
    /// <param name="ports">The ports.</param>
    public string[] Add(uint endpoint, IEnumerable<PortReservation> ports) => Change("add", endpoint, ports);

    public string[] Remove(uint endpoint, IEnumerable<PortReservation> ports) => Change("delete", endpoint, ports);

    private string[] Change(string verb, HostNetwork network) =>
    [
        Element(verb, network.Type == NetworkType.NAT ? "bridges" : "sealed", [$"\"{network.Bridge}\""]),
        Element(verb, "pairs", [$"\"{network.Bridge}\" . \"{network.Bridge}\""]),
        .. network.Type == NetworkType.NAT ? [Element(verb, "sources", [network.Subnet.ToString()])] : Array.Empty<string>(),
    ];

    // One command for each map, however many ports there are.
    private string[] Change(string verb, uint endpoint, IEnumerable<PortReservation> ports) =>
    [
        .. ports.Select(port => port.Mapping).GroupBy(mapping => mapping.Address is null).Select(group => Element(
            verb,
            group.Key ? "ports" : "addressed",
            group.Select(mapping => Key(mapping) + $" : {Ip4Address.Write(endpoint)} . {mapping.InternalPort}"))),
    ];

    private static string Key(PortMapping mapping) =>
        (mapping.Address is { } address ? Ip4Address.Write(address) + " . " : string.Empty)
        + (mapping.Protocol == NetworkProtocol.TCP ? "tcp" : "udp") + $" . {mapping.ExternalPort}";

    private string Element(string verb, string set, IEnumerable<string> elements) =>
        $"{verb} element ip {table} {set} {{ {string.Join(", ", elements)} }}";
}
