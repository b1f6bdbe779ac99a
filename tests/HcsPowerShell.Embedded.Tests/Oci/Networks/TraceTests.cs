using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Embedded.Tests.Unix;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci.Networks;

/// <summary>Tests that nothing of a host stays in the network of the machine, and that hosts do not disturb each other.</summary>
public sealed class TraceTests : NetworkTest
{
    private const string Uplink = "198.51.100.2";

    [Fact]
    public Task After_the_end_the_machine_is_as_before() => OwnNamespace.RunAsync(async () =>
    {
        (string rules, string links) = (Ruleset(), Links());
        Assert.Equal("0", Forwarding("uplink"));
        HostComputeNetwork network = await NetworkAsync("nat");
        await NetworkAsync("inner", type: "Internal");
        await ServeAsync("served", await EndpointAsync(network, null, Map(8080, 80)));
        Assert.Equal("1", Forwarding("uplink"));
        Assert.Equal("0", Forwarding("all"));
        Assert.NotEqual(rules, Ruleset());
        Assert.NotEqual(links, Links());
        Host.Close();
        Assert.Equal(rules, Ruleset());
        Assert.Equal(links, Links());
        Assert.Equal("0", Forwarding("uplink"));
        Assert.Empty(Directory.GetFiles("/run/hcspowershell", "forwarding-*" + NamespaceNumber()));
    });

    [Fact]
    public Task After_the_last_network_the_machine_is_as_before() => OwnNamespace.RunAsync(async () =>
    {
        (string rules, string links) = (Ruleset(), Links());
        for (int i = 0; i < 2; i++)
        {
            HostComputeNetwork network = await NetworkAsync("nat");
            HostComputeEndpoint endpoint = await EndpointAsync(network, null, Map(8080, 80));
            IContainer container = await ServeAsync("served", endpoint);
            await container.TerminateAsync(Patient);
            Assert.Empty((await Networks.GetAsync<HostComputeEndpoint>(Guid.Parse(endpoint.Id!), false, Patient))
                .Health?.Extra?.SharedContainers ?? []);
            await Networks.DeleteAsync<HostComputeEndpoint>(Guid.Parse(endpoint.Id!), Patient);
            await Networks.DeleteAsync<HostComputeNetwork>(Guid.Parse(network.Id!), Patient);
            Assert.Equal(rules, Ruleset());
            Assert.Equal(links, Links());
            Assert.Equal("0", Forwarding("uplink"));
        }
    });

    [Fact]
    public Task Two_hosts_share_the_machine() => OwnNamespace.RunAsync(async () =>
    {
        EmbeddedComputeService other = new(EmbeddedIsolation.Oci);
        try
        {
            HostComputeNetwork theirs = await NetworkAsync("nat", host: other);
            await other.Networks.CreateAsync(Guid.NewGuid(), Endpoint(theirs, "theirs", Map(8080, 80)), Patient);
            HostComputeNetwork ours = await NetworkAsync("nat");
            Assert.NotEqual(theirs.Ipams![0].Subnets![0].IpAddressPrefix, ours.Ipams![0].Subnets![0].IpAddressPrefix);
            Assert.Contains("another program", await RefusedAsync(
                () => EndpointAsync(ours, null, Map(8080, 80)), HResult.PortAlreadyExists), StringComparison.Ordinal);
            await ServeAsync("served", await EndpointAsync(ours, null, Map(8081, 80)));
        }
        finally
        {
            other.Close();
        }

        Assert.Equal("served", AskAsNeighbour(Uplink, 8081));
        Assert.Equal("1", Forwarding("uplink"));
        Host.Close();
        Assert.Equal("0", Forwarding("uplink"));
    });

    [Fact]
    public Task The_guardian_of_a_killed_process_leaves_nothing() =>
        OwnNamespace.RunAsync(() => KillAsync(isGuardianKilled: false));

    [Fact]
    public Task The_next_host_leaves_nothing_of_one_without_guardian() =>
        OwnNamespace.RunAsync(() => KillAsync(isGuardianKilled: true));

    [Fact]
    public Task The_guardian_of_the_last_host_restores_forwarding() => OwnNamespace.RunAsync(async () =>
    {
        string links = Links();
        (Process process, int guardian) = await NetworkHost.StartAsync(Programs);
        Assert.Equal("1", Forwarding("uplink"));
        process.Kill();
        await Eventually(() => !UnixTest.IsAlive(guardian), "the guardian goes");
        Assert.Equal(links, Links());
        Assert.DoesNotContain("hcs_", Ruleset(), StringComparison.Ordinal);
        Assert.Equal("0", Forwarding("uplink"));
    });

    [Fact]
    public Task The_host_that_stays_restores_what_a_killed_one_had_found() => OwnNamespace.RunAsync(async () =>
    {
        (string rules, string links) = (Ruleset(), Links());
        (Process process, int guardian) = await NetworkHost.StartAsync(Programs);
        HostComputeEndpoint web = await EndpointAsync(await NetworkAsync("nat"), null, Map(8081, 80));
        await ServeAsync("served", web);
        process.Kill();
        await Eventually(() => !UnixTest.IsAlive(guardian), "the guardian goes");
        Assert.Equal("1", Forwarding("uplink"));
        Assert.Equal("served", AskAsNeighbour(Uplink, 8081));
        Host.Close();
        Assert.Equal(rules, Ruleset());
        Assert.Equal(links, Links());
        Assert.Equal("0", Forwarding("uplink"));
        Assert.Empty(Directory.GetFiles("/run/hcspowershell", "forwarding-*" + NamespaceNumber()));
    });

    [Fact]
    public Task Hosts_choose_their_subnets_one_after_another() => OwnNamespace.RunAsync(async () =>
    {
        EmbeddedComputeService other = new(EmbeddedIsolation.Oci);
        try
        {
            HostComputeNetwork[] all = await Task.WhenAll(Enumerable.Range(0, 6).Select(
                i => NetworkAsync($"network{i}", host: i % 2 == 0 ? Host : other)));
            Assert.Equal(6, all.Select(network => network.Ipams![0].Subnets![0].IpAddressPrefix).Distinct().Count());
        }
        finally
        {
            other.Close();
        }
    });

    [Fact]
    public Task What_somebody_else_has_deleted_keeps_nothing_from_its_end() => OwnNamespace.RunAsync(async () =>
    {
        (string rules, string links) = (Ruleset(), Links());
        HostComputeNetwork first = await NetworkAsync("first");
        await NetworkAsync("second");
        await NetworkAsync("third");
        foreach (string bridge in Links().Split('\n').Where(link => link.StartsWith("hcs", StringComparison.Ordinal)).Take(2))
        {
            Run("ip", "link", "delete", "dev", bridge);
        }

        await Networks.DeleteAsync<HostComputeNetwork>(first.Guid, Patient);
        Host.Close();
        Assert.Equal(rules, Ruleset());
        Assert.Equal(links, Links());
    });

    // This host goes on, while another process is killed.
    private async Task KillAsync(bool isGuardianKilled)
    {
        (string rules, string links) = (Ruleset(), Links());
        HostComputeEndpoint web = await EndpointAsync(await NetworkAsync("nat"), null, Map(8081, 80));
        await ServeAsync("served", web);
        (string ownRules, string ownLinks) = (Ruleset(), Links());
        (Process process, int guardian) = await NetworkHost.StartAsync(Programs);
        Assert.NotEqual(ownLinks, Links());
        if (isGuardianKilled)
        {
            Signal.Send(guardian, 9);
        }

        process.Kill();
        await process.WaitForExitAsync(Token).Within();
        if (isGuardianKilled)
        {
            using EmbeddedHost next = new();
            await NetworkAsync("next", type: "Private", host: next.Service);
        }

        await Eventually(() => Ruleset() == ownRules && Links() == ownLinks, "nothing is left of the killed one");
        Assert.Equal("1", Forwarding("uplink"));
        Assert.Equal("served", AskAsNeighbour(Uplink, 8081));
        Host.Close();
        Assert.Equal(rules, Ruleset());
        Assert.Equal(links, Links());
        Assert.Equal("0", Forwarding("uplink"));
    }

    private sealed class EmbeddedHost : IDisposable
    {
        public EmbeddedComputeService Service { get; } = new(EmbeddedIsolation.Oci);

        public void Dispose() => Service.Close();
    }
}
