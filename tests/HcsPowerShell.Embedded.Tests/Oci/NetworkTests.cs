using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci;

public sealed class NetworkTests : OciTest
{
    private const int SolSocket = 1;
    private const int SoBindToDevice = 25;

    // At most 15 characters, and not used by another test.
    private readonly string _name = "h" + Guid.NewGuid().ToString("N")[..10];

    [Fact]
    public async Task Without_endpoints_there_is_the_loopback_alone()
    {
        IContainer container = await StartAsync();
        Assert.Equal("lo", await OutputAsync(container, "ls /sys/class/net"));
        Assert.Equal("127.0.0.1", await OutputAsync(container, "ip -br addr show lo | tr -s ' /' '\\n\\n' | grep 127"));
        Assert.Null((await StatisticsAsync(container)).Network);
    }

    [Fact]
    public async Task NetworkSharedContainerName_shares_the_network_alone()
    {
        IContainer one = await StartAsync(id: "Shared [one]");
        IContainer other = await StartAsync(new ContainerConfig { NetworkSharedContainerName = "shared [ONE]" });
        Assert.Equal(await OutputAsync(one, "readlink /proc/self/ns/net"), await OutputAsync(other, "readlink /proc/self/ns/net"));
        Assert.NotEqual(await OutputAsync(one, "readlink /proc/self/ns/pid"), await OutputAsync(other, "readlink /proc/self/ns/pid"));

        // The namespace disappears with its last container.
        await one.TerminateAsync(Patient);
        Assert.Equal("lo", await OutputAsync(other, "ls /sys/class/net"));
    }

    [Fact]
    public async Task An_endpoint_can_be_a_veth_that_keeps_its_addresses_and_routes()
    {
        string outside = _name + "o";
        Run("ip", "link", "add", _name, "type", "veth", "peer", "name", outside);
        try
        {
            Run("ip", "address", "add", "192.0.2.1/30", "dev", outside);
            Run("ip", "address", "add", "192.0.2.2/30", "dev", _name);
            Run("ip", "link", "set", outside, "up");
            Run("ip", "link", "set", _name, "up");
            Run("ip", "route", "add", "198.51.100.0/24", "via", "192.0.2.1", "dev", _name);
            IContainer container = await StartAsync(new ContainerConfig { EndpointList = [_name] });
            Assert.Equal($"{_name} lo", await OutputAsync(container, "echo $(ls /sys/class/net)"));
            Assert.Contains("192.0.2.2/30", await OutputAsync(container, $"ip -4 address show dev {_name}"), StringComparison.Ordinal);
            Assert.Contains(
                "198.51.100.0/24 via 192.0.2.1", await OutputAsync(container, "ip route"), StringComparison.Ordinal);
            Assert.Equal("192.0.2.1", await OutputAsync(
                container, "bash -c 'echo > /dev/udp/192.0.2.1/9' 2>/dev/null; sed -n 's/^\\(192.0.2.1\\) .*/\\1/p' /proc/net/arp"));
            NetworkStats counters = Assert.Single((await StatisticsAsync(container)).Network!);
            Assert.Equal(_name, counters.EndpointId);
            Assert.True(counters.BytesSent > 0);
            Assert.True(counters.PacketsSent > 0);
            Assert.False(Directory.Exists($"/sys/class/net/{_name}"));
            await container.TerminateAsync(Patient);
            await Eventually(() => !Directory.Exists($"/sys/class/net/{outside}"), "the pair goes with its namespace");
        }
        finally
        {
            if (Directory.Exists($"/sys/class/net/{outside}"))
            {
                Run("ip", "link", "delete", outside);
            }
        }
    }

    [Fact]
    public async Task Counters_of_an_endpoint_are_those_of_the_kernel()
    {
        string outside = _name + "o";
        Run("ip", "link", "add", _name, "type", "veth", "peer", "name", outside);
        try
        {
            Run("ip", "address", "add", "192.0.2.5/30", "dev", outside);
            Run("ip", "address", "add", "192.0.2.6/30", "dev", _name);
            Run("ip", "link", "set", outside, "up");
            Run("ip", "link", "set", _name, "up");
            IContainer container = await StartAsync(new ContainerConfig { EndpointList = [_name] });
            NetworkStats first = Assert.Single((await StatisticsAsync(container)).Network!);
            using (Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp))
            {
                // Sends to that interface only, because another test may use the same addresses.
                socket.SetRawSocketOption(SolSocket, SoBindToDevice, Encoding.ASCII.GetBytes(outside));
                socket.EnableBroadcast = true;
                for (int i = 0; i < 3; i++)
                {
                    socket.SendTo(new byte[100], new IPEndPoint(IPAddress.Broadcast, 9));
                }
            }

            await OutputAsync(container, "bash -c 'echo > /dev/udp/192.0.2.5/9' 2>/dev/null");
            NetworkStats last = first;
            string[] kernel = [];
            await Eventually(
                async () =>
                {
                    last = Assert.Single((await StatisticsAsync(container)).Network!);
                    kernel = (await OutputAsync(
                        container,
                        $"cd /sys/class/net/{_name}/statistics; cat rx_bytes tx_bytes rx_packets tx_packets rx_dropped tx_dropped"))
                        .Split('\n');

                    // The kernel counts what it receives a moment after the packet was sent.
                    return last.PacketsReceived >= first.PacketsReceived + 3 && last.PacketsSent > first.PacketsSent
                        && kernel.SequenceEqual(Counters(last).Select(counter => $"{counter}"));
                },
                "the packets are counted, and nothing goes between the two looks");
            Assert.Equal(_name, last.EndpointId);
            Assert.Null(last.InstanceId);
            Assert.True(last.PacketsReceived >= first.PacketsReceived + 3);
            Assert.True(last.BytesReceived >= first.BytesReceived + 300);
            Assert.True(last.PacketsSent > first.PacketsSent);
            Assert.True(last.BytesSent > first.BytesSent);
        }
        finally
        {
            if (Directory.Exists($"/sys/class/net/{outside}"))
            {
                Run("ip", "link", "delete", outside);
            }
        }
    }

    [Fact]
    public async Task An_endpoint_can_be_a_namespace_that_stays()
    {
        Run("ip", "netns", "add", _name);
        try
        {
            Run("ip", "-n", _name, "link", "add", "inside", "type", "veth", "peer", "name", "other");
            IContainer container = await StartAsync(new ContainerConfig { EndpointList = [_name] });
            Assert.Contains("inside", await OutputAsync(container, "ls /sys/class/net"), StringComparison.Ordinal);
            await container.TerminateAsync(Patient);
            Assert.Contains("inside", Run("ip", "-n", _name, "link"), StringComparison.Ordinal);
        }
        finally
        {
            Run("ip", "netns", "delete", _name);
        }
    }

    [Fact]
    public async Task DNSSearchList_is_what_resolv_conf_says()
    {
        IContainer container = await StartAsync(new ContainerConfig { DNSSearchList = "a.example, b.example" });
        string[] lines = (await OutputAsync(container, "cat /etc/resolv.conf")).Split('\n');
        Assert.Equal(["search a.example b.example"], lines.Where(line => line.StartsWith("search", StringComparison.Ordinal)));
        Assert.Equal(
            File.ReadLines("/etc/resolv.conf").Where(line => line.StartsWith("nameserver", StringComparison.Ordinal)),
            lines.Where(line => line.StartsWith("nameserver", StringComparison.Ordinal)));
        IContainer layered = await StartAsync(new ContainerConfig
        {
            Layers = [new Layer { Path = BusyboxLayer("layer", "sh", "cat") }],
            DNSSearchList = "c.example",
        });
        Assert.Contains("search c.example", await OutputAsync(layered, "cat /etc/resolv.conf"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_missing_or_excludes_another_is_named()
    {
        ContainerConfig[] configs =
        [
            new() { EndpointList = ["no-such-endpoint"] },
            new() { EndpointList = ["../lo"] },
            new() { NetworkSharedContainerName = "none", EndpointList = [_name] },
        ];
        foreach (ContainerConfig config in configs)
        {
            Assert.StartsWith(
                "EndpointList:",
                await RefusedAsync(() => CreateAsync(config), HResult.InvalidArgument),
                StringComparison.Ordinal);
        }

        Assert.StartsWith(
            "NetworkSharedContainerName:",
            await RefusedAsync(
                () => CreateAsync(new ContainerConfig { NetworkSharedContainerName = "none" }), HResult.InvalidArgument),
            StringComparison.Ordinal);
    }

    private static ulong?[] Counters(NetworkStats counters) =>
    [
        counters.BytesReceived, counters.BytesSent, counters.PacketsReceived, counters.PacketsSent,
        counters.DroppedPacketsIncoming, counters.DroppedPacketsOutgoing,
    ];
}
