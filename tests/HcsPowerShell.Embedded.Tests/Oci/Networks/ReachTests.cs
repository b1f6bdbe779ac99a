using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents.Networks;
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
}
