using System;
using System.Linq;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Completion;

/// <summary>Tests the completion of networks and endpoints, and of their addresses and ports.</summary>
public sealed class NetworkCompletionTests : CompletingTests
{
    public NetworkCompletionTests(Session session)
        : base(session)
    {
        (object host, GivenNetworks networks) = ServiceProxy.HostOf<GivenNetworks>(session);
        networks.Put("Network", """{"Name":"nat"}""");
        networks.Put("Network", """{"Name":"my net","Type":"L2Bridge"}""");
        networks.Put(
            "Endpoint",
            """
            {"Name":"web","IpConfigurations":[{"IpAddress":"172.30.0.2"}],"Health":{"Extra":{"SharedContainers":["c1"]}},
             "Policies":[{"Type":"PortMapping","Settings":{"Protocol":6,"InternalPort":80,"ExternalPort":8080}}]}
            """);
        networks.Put("Endpoint", """{"Name":"db","IpConfigurations":[{"IpAddress":"172.30.0.3"}]}""");
        session.Get("$networks = $h", ("h", host));
    }

    [Theory]
    [InlineData("Get-HcsNetwork -HcsHost $networks -Name ", "'my net' nat")]
    [InlineData("Remove-HcsNetwork -HcsHost $networks -Name n", "nat")]
    [InlineData("New-HcsEndpoint -HcsHost $networks -Network ", "'my net' nat")]
    [InlineData("Get-HcsEndpoint -HcsHost $networks -Network m", "'my net'")]
    [InlineData("Get-HcsNetwork -HcsHost $networks -Type ", "L2Bridge NAT")]
    [InlineData("Get-HcsEndpoint -HcsHost $networks -Name ", "db web")]
    [InlineData("Remove-HcsEndpoint -HcsHost $networks -Name w", "web")]
    [InlineData("Get-HcsEndpoint -HcsHost $networks -IPAddress 172", "172.30.0.2 172.30.0.3")]
    [InlineData("Get-HcsEndpoint -HcsHost $networks -ExternalPort ", "8080")]
    public void Values_that_are_there(string line, string offered) =>
        Assert.Equal(offered, string.Join(' ', Complete(line).Select(offer => offer.CompletionText)));

    [Fact]
    public void The_tip_says_whose_an_address_is() => Assert.Equal(
        "web c1", Complete("Get-HcsEndpoint -HcsHost $networks -IPAddress ")[0].ToolTip);
}
