using System;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

/// <summary>Tests Get-HcsEndpoint, New-HcsEndpoint, Set-HcsEndpoint and Remove-HcsEndpoint.</summary>
public sealed class EndpointCommandTests : NetworkTests
{
    private const string Prefix =
        """{"Name":"nat","Ipams":[{"Subnets":[{"IpAddressPrefix":"172.30.0.0/24","Routes":[{"NextHop":"172.30.0.1","DestinationPrefix":"0.0.0.0/0"}]}]}]}""";

    private readonly Guid _nat;

    public EndpointCommandTests(Session session)
        : base(session) => _nat = Networks.Put("Network", Prefix);

    [Fact]
    public void An_endpoint_is_made_on_the_default_network()
    {
        dynamic endpoint = Session.Single(
            "New-HcsEndpoint web -IPAddress 172.30.0.9 -MacAddress 00:15:5d:aa:bb:cc -DnsServer 10.0.0.1"
                + " -Publish 8080:80, 5353:53/udp -Policy @{ Type = 'QOS'; Settings = @{ MaximumOutgoingBandwidthInBytes = 9 } }");
        Assert.Equal("web nat HcsPowerShell", $"{endpoint.Name} {endpoint.Network} {endpoint.Owner}");
        Assert.Equal(_nat, endpoint.NetworkId);
        Assert.Equal("172.30.0.9", endpoint.IPAddress[0]);
        Assert.Equal("00-15-5D-AA-BB-CC", endpoint.MacAddress);
        Assert.Equal("10.0.0.1", endpoint.DnsServer[0]);
        Assert.Equal("8080:80/tcp 5353:53/udp", Session.Single("\"$($e.PortMapping)\"", ("e", (object)endpoint)));
        Assert.Equal(["PortMapping", "PortMapping", "QOS"], (string[])endpoint.Policies);
        string sent = Assert.Single(Networks.Changes);
        Assert.Contains($"\"HostComputeNetwork\":\"{_nat.ToString().ToUpperInvariant()}\"", sent, StringComparison.Ordinal);
        Assert.Contains("\"Protocol\":6,\"InternalPort\":80,\"ExternalPort\":8080", sent, StringComparison.Ordinal);
        Assert.Contains("\"PrefixLength\":24", sent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_range_is_a_policy_for_each_port_and_a_free_port_is_shown()
    {
        Assert.Equal(
            "8000:90/tcp 8001:91/tcp", Session.Single("\"$((New-HcsEndpoint a -PortMapping 8000-8001:90-91).PortMapping)\""));
        Assert.Matches("^49[0-9]+:80/tcp$", (string)Session.Single("\"$((New-HcsEndpoint b -PortMapping 80).PortMapping)\""));
    }

    [Theory]
    [InlineData("-IPAddress 172.31.0.9", "172.31.0.9 is not in 172.30.0.0/24, the addresses of network 'nat'")]
    [InlineData("-IPAddress here", "'here' is no IP address")]
    [InlineData("-MacAddress 00155D", "'00155D' is not of the form 00-15-5D-52-C0-00")]
    [InlineData("-DnsServer here", "'here' is no IP address")]
    [InlineData("-Network none", "'none' is a reserved name")]
    [InlineData("-Network HOST", "'HOST' is a reserved name")]
    [InlineData("-PortMapping 8080:80, 8000-8100:1000-1100", "has a port of the host that 8080:80/tcp has too")]
    [InlineData("-Policy @{ Settings = @{} }", "a policy has a Type")]
    [InlineData("-AdditionalJson '{\"HostComputeNamespace\":\"6D6D9C5C-0000-0000-0000-000000000001\"}'", "Only the service sets it")]
    public void A_bad_endpoint_is_refused_before_it_is_made(string arguments, string reason)
    {
        ErrorRecord error = Session.Run($"New-HcsEndpoint web {arguments}")
            .RequireError("HcsInvalidConfiguration", ErrorCategory.InvalidData);
        Assert.Contains(reason, error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Networks.Changes);
    }

    [Fact]
    public void The_same_port_of_another_protocol_or_address_is_another_port() => Assert.Single(
        Session.Get("New-HcsEndpoint web -PortMapping 53:53, 53:53/udp, 10.0.0.4:80:80, 10.0.0.5:80:80 -Verbose"));

    [Fact]
    public void The_default_is_nat_else_the_only_NAT_network_else_an_error_with_the_line_that_makes_it()
    {
        Guid other = Networks.Put("Network", """{"Name":"other","Type":"NAT"}""");
        Networks.Put("Network", """{"Name":"bridge","Type":"L2Bridge"}""");
        Assert.Equal("nat", Session.Single("(New-HcsEndpoint a).Network"));
        Networks.Take("Network", _nat);
        Assert.Equal("other", Session.Single("(New-HcsEndpoint b).Network"));
        Networks.Put("Network", """{"Name":"third"}""");
        Refused("No network is named nat, and several are of type NAT");
        Networks.Take("Network", other);
        Assert.Equal("third", Session.Single("(New-HcsEndpoint c).Network"));
        Session.Get("Get-HcsNetwork third | Remove-HcsNetwork -Force -Confirm:$false");
        Refused("has no network of type NAT");

        void Refused(string reason)
        {
            ErrorRecord error = Session.Run("New-HcsEndpoint x").RequireError("HcsNoDefaultNetwork", ErrorCategory.ObjectNotFound);
            Assert.Contains(reason, error.ToString(), StringComparison.Ordinal);
            Assert.Contains("New-HcsNetwork nat", error.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_network_is_named_by_name_id_or_object()
    {
        Networks.Put("Network", """{"Name":"other","Type":"Internal"}""");
        Assert.Equal("other", Session.Single("(New-HcsEndpoint a -Network other).Network"));
        Assert.Equal("other", Session.Single("(New-HcsEndpoint b -Network (Get-HcsNetwork other).Id).Network"));
        Assert.Equal("other", Session.Single("(New-HcsEndpoint c -Network (Get-HcsNetwork other)).Network"));
        Assert.Equal("other", Session.Single("(Get-HcsNetwork other | New-HcsEndpoint d).Network"));
        Session.Run("New-HcsEndpoint e -Network nowhere").RequireError("HcsNetworkNotFound", ErrorCategory.ObjectNotFound);
        Networks.Put("Network", """{"Name":"other"}""");
        Session.Run("New-HcsEndpoint f -Network other").RequireError("HcsAmbiguousNetwork", ErrorCategory.InvalidArgument);
    }

    [Theory]
    [InlineData("New-HcsEndpoint db -PortMapping 443:443, 8080:81", "create endpoint 'db'")]
    [InlineData("Set-HcsEndpoint other -PortMapping 8080:81", "change endpoint 'other'")]
    public void A_port_that_is_mapped_is_an_error_that_names_the_endpoint(string command, string attempt)
    {
        Networks.Put(
            "Endpoint",
            """
            {"Name":"web","Policies":[{"Type":"PortMapping","Settings":{"Protocol":"TCP","InternalPort":80,"ExternalPort":8080}}],
             "Health":{"Extra":{"SharedContainers":["c1"]}}}
            """);
        Session.Get("$null = New-HcsEndpoint other");
        ErrorRecord error = Session.Run(command).RequireError("HcsPortAlreadyMapped", ErrorCategory.ResourceExists);
        Assert.StartsWith($"Cannot {attempt}: ", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Endpoint 'web' of container 'c1' has 8080:80/tcp.", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("0x803B0013, HCN_E_PORT_ALREADY_EXISTS", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_that_no_endpoint_has_is_that_of_another_program()
    {
        Networks.Refusal = call => call.StartsWith("CreateAsync", StringComparison.Ordinal) ? unchecked((int)0x803B0013) : null;
        ErrorRecord error = Session.Run("New-HcsEndpoint db -PortMapping 8080:80")
            .RequireError("HcsPortAlreadyMapped", ErrorCategory.ResourceExists);
        Assert.Contains("another program uses the port", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Endpoints_are_listed_by_what_they_are()
    {
        string id = Session.NewRunning().Id;
        Guid bridge = Networks.Put("Network", """{"Name":"bridge","Type":"L2Bridge"}""");
        Guid space = Networks.Put(
            "Namespace", $$$"""{"Resources":[{"Type":"Container","Data":{"Id":"{{{id}}}"}}]}""");
        Guid web = Networks.Put(
            "Endpoint",
            $$$$"""
            {"Name":"web","HostComputeNetwork":"{{{{_nat}}}}","IpConfigurations":[{"IpAddress":"172.30.0.2"}],
             "Policies":[{"Type":"PortMapping","Settings":{"Protocol":6,"InternalPort":80,"ExternalPort":8080}}],
             "Health":{"Extra":{"SharedContainers":["{{{{id}}}}"]}}}
            """);
        Networks.Put("Endpoint", $$$"""{"Name":"inside","HostComputeNetwork":"{{{bridge}}}","HostComputeNamespace":"{{{space}}}"}""");
        Networks.Put(
            "Endpoint",
            $$$$"""
            {"Name":"stale","HostComputeNetwork":"{{{{_nat}}}}","IpConfigurations":[{"IpAddress":"172.30.0.3"}],
             "Health":{"Extra":{"SharedContainers":["gone"]}}}
            """);
        Networks.Put("Endpoint", """{"Name":"free"}""");
        Assert.Equal("free inside stale web", Names("Get-HcsEndpoint"));
        Assert.Equal("web", Names("Get-HcsEndpoint w*"));
        Assert.Equal("web", Names($"Get-HcsEndpoint -Id {web}"));
        Assert.Equal("stale web", Names("Get-HcsEndpoint -Network nat"));
        Assert.Equal("inside", Names("Get-HcsEndpoint -Network (Get-HcsNetwork bridge)"));
        Assert.Equal("inside web", Names($"Get-HcsEndpoint -Container {id}"));
        Assert.Equal("inside web", Names($"Get-HcsEndpoint -Container (Get-HcsContainer {id} -HcsHost $h)"));
        Assert.Equal("stale", Names("Get-HcsEndpoint -Container go*"));
        Assert.Equal("web", Names("Get-HcsEndpoint -IPAddress 172.30.0.2"));
        Assert.Equal("stale web", Names("Get-HcsEndpoint -IPAddress 172.30.*"));
        Assert.Equal("web", Names("Get-HcsEndpoint -ExternalPort 443, 8080"));
        Assert.Equal("stale", Names("Get-HcsEndpoint -Orphaned"));
        Assert.Equal("stale", Names("Get-HcsEndpoint s*, w* -Network nat -Orphaned"));
        Assert.Equal(string.Empty, Names("Get-HcsEndpoint web -Orphaned"));
        Session.Run("Get-HcsEndpoint nowhere").RequireError("HcsEndpointNotFound", ErrorCategory.ObjectNotFound);
        Session.Run("Get-HcsEndpoint -Network nowhere").RequireError("HcsNetworkNotFound", ErrorCategory.ObjectNotFound);
        Assert.Equal("nat", Session.Single("(Get-HcsEndpoint web).Network"));
        Assert.Equal(id, Session.Single("(Get-HcsEndpoint web).Containers[0]"));
        Assert.Equal(space, Session.Single("(Get-HcsEndpoint inside).NamespaceId"));
    }

    [Fact]
    public void Policies_are_added_and_removed()
    {
        Session.Get("$null = New-HcsEndpoint web");
        Assert.Equal("8080:80/tcp", Session.Single("\"$((Set-HcsEndpoint web -PortMapping 8080:80 -PassThru).PortMapping)\""));
        Assert.Equal("PortMapping ACL", Session.Single(
            "\"$((Get-HcsEndpoint web | Set-HcsEndpoint -Policy @{ Type = 'ACL'; Settings = @{ Action = 'Block' } } -PassThru).Policies)\""));
        Assert.Equal("ACL", Session.Single("\"$((Set-HcsEndpoint web -Port 8080:80 -Remove -PassThru).Policies)\""));
        Assert.Empty(Session.Get("Set-HcsEndpoint web -Port 8080:80 -WhatIf"));
        Session.Run("Set-HcsEndpoint web").RequireError("HcsInvalidConfiguration", ErrorCategory.InvalidData);
        Assert.Equal(
            "Add Remove",
            string.Join(' ', Networks.Changes.Where(call => call.Contains("8080", StringComparison.Ordinal))
                .Select(call => call.Contains("\"Add\"", StringComparison.Ordinal) ? "Add" : "Remove")));
    }

    [Fact]
    public void An_endpoint_in_use_is_removed_only_by_force()
    {
        string id = Session.NewRunning().Id;
        Session.Get($"$null = New-HcsEndpoint web; Connect-HcsEndpoint web {id}");
        ErrorRecord error = Session.Run("Remove-HcsEndpoint web").RequireError("HcsEndpointInUse", ErrorCategory.ResourceBusy);
        Assert.Contains($"attached to container '{id}'", error.ToString(), StringComparison.Ordinal);
        Session.Get("Remove-HcsEndpoint web -Force");
        Assert.Empty(Session.Get("Get-HcsEndpoint"));
        string[] last = [.. Networks.Changes.TakeLast(2)];
        Assert.Contains("\"RequestType\":\"Remove\"", last[0], StringComparison.Ordinal);
        Assert.StartsWith("DeleteAsync HostComputeEndpoint", last[1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_endpoint_of_a_container_that_is_gone_is_removed()
    {
        Networks.Put("Endpoint", """{"Name":"stale","Owner":"HcsPowerShell","Health":{"Extra":{"SharedContainers":["gone"]}}}""");
        Session.Get("Get-HcsEndpoint -Orphaned | Remove-HcsEndpoint");
        Assert.Empty(Session.Get("Get-HcsEndpoint"));
    }

    [Fact]
    public void An_endpoint_of_others_is_removed_only_when_the_user_says_so()
    {
        Networks.Put("Endpoint", """{"Name":"web","Owner":"docker"}""");
        Session.Run("Remove-HcsEndpoint web").RequireError("HcsConfirmationRequired", ErrorCategory.OperationStopped);
        Session.Get("Remove-HcsEndpoint web -Confirm:$false");
        Assert.Empty(Session.Get("Get-HcsEndpoint"));
    }

    [Theory]
    [InlineData("$e = New-HcsEndpoint web -PortMapping 8080:80; $r = Revive $e; $r.PortMapping[0]", "8080:80/tcp")]
    [InlineData("$e = New-HcsEndpoint web; $r = Revive $e; $r.Network", "nat")]
    [InlineData("$e = New-HcsEndpoint web; (Revive $e).IPAddress[0]", "172.30.0.2")]
    [InlineData("(Revive (Get-HcsNetwork nat)).AddressPrefix[0]", "172.30.0.0/24")]
    public void An_object_keeps_its_lists_on_its_way(string script, string value) => Assert.Equal(
        value, Session.Get($"{Revive} {script}").Single().ToString());

    private string Names(string script) => string.Join(
        " ", Session.Get(script, ("h", Host)).Select(one => (string)one.Properties["Name"].Value).Order(StringComparer.Ordinal));
}
