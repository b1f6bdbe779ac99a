using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci.Networks;

/// <summary>Tests what is not ours: firewalls of others, addresses of the machine, missing programs.</summary>
public sealed class ForeignTests : NetworkTest
{
    private const string Uplink = "198.51.100.2";

    [Fact]
    public Task A_firewall_that_drops_is_named_and_stays_as_it_is() => OwnNamespace.RunAsync(async () =>
    {
        Run("nft", "add table inet own; add chain inet own forward { type filter hook forward priority 0; policy drop; }");
        string before = Ruleset();
        HostComputeNetwork network = await NetworkAsync("nat");
        string warnings = network.Health!.Data!.Text;
        Assert.Contains("Chain forward of table inet own", warnings, StringComparison.Ordinal);
        await ServeAsync("served", await EndpointAsync(network, null, Map(8080, 80)));
        Assert.Empty(AskAsNeighbour(Uplink, 8080));

        // The line of the warning, as it is.
        string line = System.Text.Json.Nodes.JsonNode.Parse(warnings)!["Warnings"]!.AsArray()[^1]!.GetValue<string>();
        Run("sh", "-c", line[line.IndexOf("nft '", StringComparison.Ordinal)..]);
        Assert.Equal("served", AskAsNeighbour(Uplink, 8080));
        network = await Networks.GetAsync<HostComputeNetwork>(Guid.Parse(network.Id!), isDetailed: true, Patient);
        Assert.DoesNotContain("Chain forward", network.Health?.Data?.Text ?? "none", StringComparison.Ordinal);
        Run("nft", "flush chain inet own forward");
        Host.Close();
        Assert.Equal(before, Ruleset());
    });

    [Fact]
    public Task A_subnet_is_chosen_beside_what_the_machine_has() => OwnNamespace.RunAsync(async () =>
    {
        Run("ip", "address", "add", "172.30.0.9/25", "dev", "uplink");
        Run("ip", "route", "add", "172.30.1.0/24", "via", "198.51.100.1");
        Assert.Equal("172.30.2.0/24", Prefix(await NetworkAsync("first")));
        Assert.Equal("172.30.3.0/24", Prefix(await NetworkAsync("second", type: "Private")));
        Assert.Equal("172.30.4.0/24", Prefix(await NetworkAsync("third")));
        Assert.Equal("172.30.0.128/25", Prefix(await NetworkAsync("fourth", "172.30.0.128/25")));

        static string Prefix(HostComputeNetwork network) => network.Ipams![0].Subnets![0].IpAddressPrefix!;
    });

    [Fact]
    public Task What_there_is_not_on_Linux_is_refused_by_name() => OwnNamespace.RunAsync(async () =>
    {
        (string Type, string Prefix, int Code, string Name)[] all =
        [
            ("NAT", "2001:db8::/64", HResult.NotSupported, "IPv6"),
            ("NAT", "198.51.100.0/25", HResult.AddressReserved, "198.51.100.0/25"),
            ("NAT", "10.0.0.1/24", HResult.InvalidPrefix, "10.0.0.1/24"),
            ("Transparent", "10.0.0.0/24", HResult.InvalidNetworkType, "Transparent"),
        ];
        string before = Ruleset() + Links();
        foreach ((string type, string prefix, int code, string name) in all)
        {
            Assert.Contains(
                name, await RefusedAsync(() => NetworkAsync("refused", prefix, type), code), StringComparison.Ordinal);
        }

        Assert.Equal(before, Ruleset() + Links());
        HostComputeNetwork network = await NetworkAsync("nat");
        before = Ruleset();
        HostComputeEndpoint addressed = Endpoint(network);
        addressed.IpConfigurations = [new HostComputeIpConfiguration { IpAddress = "2001:db8::2" }];
        HostComputeEndpoint[] refused = [addressed, Endpoint(network, null, Map(8080, 80, address: "2001:db8::1"))];
        foreach (HostComputeEndpoint endpoint in refused)
        {
            Assert.Contains(
                "IPv6",
                await RefusedAsync(() => Networks.CreateAsync(Guid.NewGuid(), endpoint, Patient), HResult.NotSupported),
                StringComparison.Ordinal);
        }

        Assert.Equal(before, Ruleset());
    });

    [Fact]
    public async Task Rules_that_also_see_a_bridge_are_named()
    {
        const string Setting = "/proc/sys/net/bridge/bridge-nf-call-iptables";
        Assert.SkipUnless(File.Exists(Setting), "Needs the module br_netfilter.");
        await OwnNamespace.RunAsync(async () =>
        {
            File.WriteAllText(Setting, "1");
            HostComputeNetwork network = await NetworkAsync("inner", type: "Internal");
            Assert.Contains("br_netfilter", network.Health!.Data!.Text, StringComparison.Ordinal);
            File.WriteAllText(Setting, "0");
            network = await Networks.GetAsync<HostComputeNetwork>(network.Guid, isDetailed: true, Patient);
            Assert.Null(network.Health);
        });
    }

    [Fact]
    public Task A_missing_program_is_named_with_its_package() => OwnNamespace.RunAsync(async () =>
    {
        // In the mounts of this process alone. On Debian, one of the two places is a link to the other.
        string upper = NewFolder("upper");
        string option = upper.Replace(",", "\\,", StringComparison.Ordinal);
        Run("mount", "-t", "tmpfs", "tmpfs", upper);
        foreach (string folder in new[] { "sbin", "bin" })
        {
            Run("mkdir", $"{upper}/{folder}", $"{upper}/{folder}.work");
            Run("mount", "-t", "overlay", "overlay", "-o", $"lowerdir=/usr/{folder},upperdir={option}/{folder},workdir={option}/{folder}.work", $"/usr/{folder}");
        }

        List<string> messages = [];
        foreach (string program in new[] { "nft", "ip" })
        {
            Run("rm", "-f", $"/usr/sbin/{program}", $"/usr/bin/{program}");
            messages.Add(await RefusedAsync(() => NetworkAsync("nat"), HResult.NotSupported));
        }

        Run("umount", "-l", "/usr/bin", "/usr/sbin", upper);
        Assert.Contains("'nft'", messages[0], StringComparison.Ordinal);
        Assert.Contains("nftables", messages[0], StringComparison.Ordinal);
        Assert.Contains("'ip'", messages[1], StringComparison.Ordinal);
        Assert.Contains("iproute2", messages[1], StringComparison.Ordinal);
    });

    [Fact]
    public Task Without_the_right_to_change_networks_the_right_is_named_and_nothing_is_left() => OwnNamespace.RunAsync(
        async () =>
        {
            string links = Links();
            Assert.Contains(
                "CAP_NET_ADMIN", await RefusedAsync(() => NetworkAsync("nat"), HResult.AccessDenied), StringComparison.Ordinal);
            Assert.Empty(await Networks.FindAsync<HostComputeNetwork>(null, Patient));
            Assert.Equal(links, Links());
            Assert.Empty(Directory.GetFiles("/run/hcspowershell", "forwarding-*" + NamespaceNumber()));
            Host.Close();
            Assert.Equal(links, Links());
        },
        "setpriv",
        "--bounding-set=-net_admin",
        "--inh-caps=-net_admin");
}
