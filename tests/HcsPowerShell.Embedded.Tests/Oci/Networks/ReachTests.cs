using System;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci.Networks;

/// <summary>Tests who reaches whom.</summary>
public sealed class ReachTests : NetworkTest
{
    private const string Uplink = "198.51.100.2";

    [Fact]
    public Task A_mapped_port_is_reached_and_another_only_in_its_network() => OwnNamespace.RunAsync(async () =>
    {
        HostComputeNetwork first = await NetworkAsync("first");
        HostComputeNetwork second = await NetworkAsync("second");
        HostComputeEndpoint web = await EndpointAsync(first, "web", Map(8080, 80));
        IContainer server = await ServeAsync("served", web);
        IContainer near = await StartAsync(new() { EndpointList = [(await EndpointAsync(first)).Id!] });
        IContainer far = await StartAsync(new() { EndpointList = [(await EndpointAsync(second)).Id!] });

        Assert.Equal("served", Ask(AddressOf(web)));
        Assert.Equal("served", Ask(Uplink, 8080));
        Assert.Equal("served", AskAsNeighbour(Uplink, 8080));
        Assert.Equal("served", await AskAsync(near, AddressOf(web)));
        Assert.Equal("served", await AskAsync(near, Uplink, 8080));
        Assert.Equal("served", await AskAsync(far, Uplink, 8080));
        Assert.Equal("served", await AskAsync(server, Uplink, 8080));
        Assert.Empty(await AskAsync(far, AddressOf(web)));
        Assert.Empty(Ask("127.0.0.1", 8080));
        Run("ip", "-n", OwnNamespace.Neighbour!, "route", "add", "172.30.0.0/16", "via", Uplink);
        Assert.Empty(AskAsNeighbour(AddressOf(web)));
    });

    [Fact]
    public Task A_machine_that_forwards_everything_isolates_all_the_same() => OwnNamespace.RunAsync(async () =>
    {
        Run("sysctl", "-qw", "net.ipv4.ip_forward=1");
        HostComputeEndpoint web = await EndpointAsync(await NetworkAsync("first"));
        HostComputeEndpoint inner = await EndpointAsync(await NetworkAsync("inner", type: "Internal"));
        await ServeAsync("served", web);
        await ServeAsync("hidden", inner);
        IContainer far = await StartAsync(
            new() { EndpointList = [(await EndpointAsync(await NetworkAsync("second"))).Id!] });
        Run("ip", "-n", OwnNamespace.Neighbour!, "route", "add", "172.30.0.0/16", "via", Uplink);
        foreach (HostComputeEndpoint endpoint in new[] { web, inner })
        {
            Assert.NotEmpty(Ask(AddressOf(endpoint)));
            Assert.Empty(await AskAsync(far, AddressOf(endpoint)));
            Assert.Empty(AskAsNeighbour(AddressOf(endpoint)));
        }
    });

    [Fact]
    public Task A_container_reaches_a_machine_outside_with_the_address_of_the_host() => OwnNamespace.RunAsync(async () =>
    {
        Programs.Add(System.Diagnostics.Process.Start("ip", [
            "netns", "exec", OwnNamespace.Neighbour!, "socat", "TCP-LISTEN:80,reuseaddr,fork", "SYSTEM:echo $SOCAT_PEERADDR",
        ]));
        await Eventually(() => AskAsNeighbour("127.0.0.1").Length > 0, "the neighbour listens");
        IContainer container = await StartAsync(
            new() { EndpointList = [(await EndpointAsync(await NetworkAsync("nat"))).Id!] });
        Assert.Equal(Uplink, await AskAsync(container, "198.51.100.1"));
        IContainer inner = await StartAsync(
            new() { EndpointList = [(await EndpointAsync(await NetworkAsync("inner", type: "Internal"))).Id!] });
        Assert.Empty(await AskAsync(inner, "198.51.100.1"));
    });

    [Fact]
    public Task A_private_network_is_closed_to_the_host() => OwnNamespace.RunAsync(async () =>
    {
        HostComputeNetwork network = await NetworkAsync("closed", type: "Private");
        HostComputeEndpoint web = await EndpointAsync(network);
        await ServeAsync("served", web);
        IContainer near = await StartAsync(new() { EndpointList = [(await EndpointAsync(network)).Id!] });
        Assert.Equal("served", await AskAsync(near, AddressOf(web)));
        Assert.Empty(Ask(AddressOf(web)));
    });

    [Fact]
    public Task A_port_of_UDP_and_one_of_an_address_are_mapped() => OwnNamespace.RunAsync(async () =>
    {
        Run("ip", "address", "add", "198.51.100.3/24", "dev", "uplink");
        HostComputeNetwork network = await NetworkAsync("nat");
        HostComputeEndpoint web = await EndpointAsync(
            network, "web", Map(8080, 80, address: "198.51.100.3"), Map(5353, 53, NetworkProtocol.UDP));
        IContainer container = await ServeAsync("served", web);
        Assert.Equal("served", AskAsNeighbour("198.51.100.3", 8080));
        Assert.Empty(AskAsNeighbour(Uplink, 8080));
        await BeginAsync(container, "/bin/sh", "-c", "exec socat UDP-RECVFROM:53,fork SYSTEM:'echo answered'");
        await Eventually(
            async () => (await ShellAsync(container, "grep -q ':0035 ' /proc/net/udp")).ExitCode == 0, "UDP is bound");
        Assert.Equal("answered", Run(
            "ip", "netns", "exec", OwnNamespace.Neighbour!, "sh", "-c", $"echo ask | socat -t 20 -T 5 - UDP:{Uplink}:5353").Trim());

        // Another address of the host has the same port free.
        await EndpointAsync(network, "other", Map(8080, 80, address: Uplink));
    });

    [Fact]
    public Task Ports_are_changed_while_the_container_runs() => OwnNamespace.RunAsync(async () =>
    {
        HostComputeEndpoint web = await EndpointAsync(await NetworkAsync("nat"), "web", Map(null, 80));
        ushort chosen = PortOf(web);
        await ServeAsync("served", web);
        Assert.Equal("served", Ask(Uplink, chosen));
        await ChangeAsync("Add", Map(8081, 80));
        Assert.Equal("served", Ask(Uplink, 8081));
        await ChangeAsync("Update", Map(8081, 80), Map(8082, 80));
        Assert.Empty(Ask(Uplink, chosen));
        Assert.Equal("served", Ask(Uplink, 8081));
        Assert.Equal("served", Ask(Uplink, 8082));
        await ChangeAsync("Remove", Map(8081, 80));
        Assert.Empty(Ask(Uplink, 8081));
        Assert.Single((await Networks.GetAsync<HostComputeEndpoint>(Guid.Parse(web.Id!), false, Patient)).Policies!);
        Assert.Contains("8081", await RefusedAsync(() => ChangeAsync("Remove", Map(8081, 80)), HResult.ElementNotFound), StringComparison.Ordinal);

        Task ChangeAsync(string type, params HostComputePolicy[] policies) => Networks.ModifyAsync<HostComputeEndpoint>(
            Guid.Parse(web.Id!), Request(type, policies), Patient);
    });

    [Fact]
    public Task A_port_that_is_taken_is_refused_by_its_owner() => OwnNamespace.RunAsync(async () =>
    {
        HostComputeNetwork network = await NetworkAsync("nat");
        await EndpointAsync(network, "web", Map(8080, 80));
        Programs.Add(System.Diagnostics.Process.Start("socat", ["TCP-LISTEN:8081,reuseaddr,fork", "SYSTEM:echo local"]));
        await Eventually(() => Ask(Uplink, 8081) == "local", "the program listens");
        string before = Ruleset();
        Assert.Contains("'web'", await RefusedAsync(
            () => EndpointAsync(network, null, Map(8080, 80)), HResult.PortAlreadyExists), StringComparison.Ordinal);
        Assert.Contains("another program", await RefusedAsync(
            () => EndpointAsync(network, null, Map(8082, 80), Map(8081, 80)), HResult.PortAlreadyExists), StringComparison.Ordinal);
        Assert.Equal(before, Ruleset());
        Assert.Equal("local", Ask(Uplink, 8081));
        Assert.Contains("'web'", await RefusedAsync(
            () => Networks.DeleteAsync<HostComputeNetwork>(Guid.Parse(network.Id!), Patient), HResult.HasReferences), StringComparison.Ordinal);
    });
}
