using System;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

/// <summary>Tests of Test-HcsConfiguration for networks, endpoints, and containers that name them.</summary>
public sealed class NetworkConfigurationTests(Session session) : NetworkTests(session)
{
    private const string Gone = "6D6D9C5C-0000-0000-0000-000000000001";
    private const string Routes = "\"Routes\":[{\"NextHop\":\"172.30.0.1\",\"DestinationPrefix\":\"0.0.0.0/0\"}]";

    /// <summary>The documents that both the test and the creation of a network refuse, and the member that is at fault.</summary>
    public static TheoryData<string, string> RefusedNetworks => new()
    {
        { "'{\"Ipams\":[]}'", "Name" },
        { "@{ Name = 'none'; Type = 'NAT' }", "Name" },
        { "@{ Name = 'x'; Type = 'NAT'; Subnet = '10.0.0.0/8' }", "Subnet" },
        { "'{\"Name\":\"x\",\"Type\":\"NAT\",\"Flags\":\"Often\"}'", "Flags" },
        { "@{ Name = 'x'; Ipams = @(@{ Subnets = @(@{ IpAddressPrefix = '10.0.0.0/8' }) }) }", "Ipams[0].Subnets[0].Routes" },
        { "@{ Name = 'x'; Ipams = @(@{ Subnets = @(@{ IpAddressPrefix = 'fd00::/64'; Routes = @(@{ NextHop = 'fd00::1'; DestinationPrefix = '0.0.0.0/0' }) }) }) }", "Ipams[0].Subnets[0].Routes" },
        { "@{ Name = 'x'; Ipams = @(@{ Subnets = @(@{ IpAddressPrefix = '10.0.0.1/8' }) }) }", "Ipams[0].Subnets[0].IpAddressPrefix" },
        { "@{ Name = 'x'; Ipams = @(@{ Subnets = @(@{ IpAddressPrefix = '10.0.0.0/8'; Routes = @(@{ DestinationPrefix = '0.0.0.0/0' }) }) }) }", "Ipams[0].Subnets[0].Routes[0].NextHop" },
        { "@{ Name = 'x'; Ipams = @(@{ Subnets = @(@{ IpAddressPrefix = '10.0.0.0/8'; Routes = @(@{ NextHop = '11.0.0.1'; DestinationPrefix = '0.0.0.0/0' }) }) }) }", "Ipams[0].Subnets[0].Routes[0].NextHop" },
        { "@{ Name = 'x'; MacPool = @{}; Dns = @{ ServerList = @('here') } }", "Dns.ServerList[0]" },
    };

    /// <summary>The same for an endpoint, as JSON.</summary>
    public static TheoryData<string, string> RefusedEndpoints => new()
    {
        { "\"HostComputeNamespace\":\"" + Gone + "\"", "HostComputeNamespace" },
        { "\"MacAddress\":\"00155D\"", "MacAddress" },
        { "\"IpConfigurations\":[{\"IpAddress\":\"here\"}]", "IpConfigurations[0].IpAddress" },
        { "\"IpConfigurations\":[{\"IpAddress\":\"172.30.0.9\",\"PrefixLength\":300}]", "IpConfigurations[0].PrefixLength" },
        { "\"Dns\":{\"ServerList\":[\"here\"]}", "Dns.ServerList[0]" },
        { Port("\"Protocol\":6"), "Policies[0].Settings.InternalPort" },
        { Port("\"Protocol\":6,\"InternalPort\":0"), "Policies[0].Settings.InternalPort" },
        { Port("\"Protocol\":6,\"InternalPort\":65536"), "Policies[0].Settings.InternalPort" },
        { Port("\"Protocol\":\"TCP\",\"InternalPort\":80,\"ExternalPort\":-1"), "Policies[0].Settings.ExternalPort" },
        { Port("\"Protocol\":\"SCTP\",\"InternalPort\":80"), "Policies[0].Settings.Protocol" },
        { Port("\"Protocol\":6,\"InternalPort\":80,\"VIP\":\"here\""), "Policies[0].Settings.VIP" },
    };

    [Theory]
    [MemberData(nameof(RefusedNetworks))]
    public void Creation_of_a_network_refuses_the_same_member(string input, string path)
    {
        string problem = Problem($"Test-HcsConfiguration {input}", path);
        ErrorRecord creation = Session.Run($"New-HcsNetwork {input} -WhatIf")
            .RequireError("HcsInvalidConfiguration", ErrorCategory.InvalidData);
        Assert.Contains($": {path}: {problem}", Plain(creation), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(RefusedEndpoints))]
    public void Creation_of_an_endpoint_refuses_the_same_member(string members, string path)
    {
        Guid nat = Networks.Put("Network", """{"Name":"nat"}""");
        string json = $$$"""{"HostComputeNetwork":"{{{nat}}}",{{{members}}}}""";
        string problem = Problem($"Test-HcsConfiguration '{json}'", path);
        ErrorRecord creation = Session.Run($"New-HcsEndpoint web -AdditionalJson '{json}'")
            .RequireError("HcsInvalidConfiguration", ErrorCategory.InvalidData);
        Assert.Contains($": {path}: {problem}", Plain(creation), StringComparison.Ordinal);
        Assert.Empty(Networks.Changes);
    }

    [Theory]
    [InlineData("'{\"Name\":\"x\",\"Type\":\"NAT\"}'")]
    [InlineData("'{\"Name\":\"x\"}' -As HostComputeNetwork")]
    [InlineData("'{\"HostComputeNetwork\":\"" + Gone + "\"}'")]
    [InlineData("'{\"HostComputeNetwork\":\"" + Gone + "\",\"SchemaVersion\":{\"Major\":2,\"Minor\":0}}'")]
    [InlineData("@{ HostComputeNetwork = '" + Gone + "'; Policies = @(@{ Type = 'PortMapping'; Settings = @{ Protocol = 17; InternalPort = 53; ExternalPort = 65535; VIP = '10.0.0.4' } }) }")]
    [InlineData("([HcsPowerShell.Interop.Documents.HostComputeNetwork]@{ Name = 'x' })")]
    public void A_document_is_recognized_by_its_own_members(string input) =>
        Assert.Equal(true, Session.Single($"Test-HcsConfiguration {input}"));

    [Fact]
    public void An_endpoint_needs_its_network() => Problem("Test-HcsConfiguration '{\"Name\":\"x\"}' -As HostComputeEndpoint", "HostComputeNetwork");

    [Theory]
    [InlineData("172.30.0.0/25", "172.30.0.0/25 overlaps 172.30.0.0/24 of network 'nat'.")]
    [InlineData("172.16.0.0/12", "172.16.0.0/12 overlaps 172.30.0.0/24 of network 'nat'.")]
    [InlineData("172.31.0.0/24", null)]
    public void A_prefix_overlaps_no_other_network(string prefix, string? problem)
    {
        Put();
        string gateway = prefix.Replace("0/", "1/", StringComparison.Ordinal).Split('/')[0];
        string json = $$$"""{"Name":"x","Ipams":[{"Subnets":[{"IpAddressPrefix":"{{{prefix}}}",{{{Routes.Replace("172.30.0.1", gateway, StringComparison.Ordinal)}}}}]}]}""";
        Require(json, "Ipams[0].Subnets[0].IpAddressPrefix", problem);
    }

    [Fact]
    public void A_name_is_that_of_no_other_network()
    {
        Put();
        Require("""{"Name":"NAT","Type":"Internal"}""", "Name", "There is a network 'NAT' already.");
    }

    [Theory]
    [InlineData("8080", "Policies[0].Settings.ExternalPort", "Endpoint 'web' of container 'c1' has 8080:80/tcp.")]
    [InlineData("8081", null, null)]
    public void A_port_of_the_host_is_free(string port, string? path, string? problem)
    {
        Guid nat = Put();
        Require(
            $$$"""{"HostComputeNetwork":"{{{nat}}}",{{{Port($"\"Protocol\":6,\"InternalPort\":90,\"ExternalPort\":{port}")}}}}""", path, problem);
    }

    [Fact]
    public void The_network_of_an_endpoint_exists_and_has_its_addresses()
    {
        Guid nat = Put();
        Require($$"""{"HostComputeNetwork":"{{Gone}}"}""", "HostComputeNetwork", $"There is no network '{Gone.ToLowerInvariant()}' on host ");
        Require(
            $$"""{"HostComputeNetwork":"{{nat}}","IpConfigurations":[{"IpAddress":"172.31.0.9"}]}""",
            "IpConfigurations[0].IpAddress",
            "172.31.0.9 is not in 172.30.0.0/24, the addresses of network 'nat'.");
        Require($$"""{"HostComputeNetwork":"{{nat}}","IpConfigurations":[{"IpAddress":"172.30.0.9"}]}""", null, null);
    }

    [Fact]
    public void The_endpoints_and_the_namespace_of_a_container_exist()
    {
        Guid web = Networks.Put("Endpoint", """{"Name":"web"}""");
        Guid space = Networks.Put("Namespace", "{}");
        Require($$"""{"Name":"c","EndpointList":["{{web}}","eth0"]}""", null, null);
        Require($$"""{"Name":"c","EndpointList":["{{web}}","{{Gone}}"]}""", "EndpointList[1]", $"There is no endpoint '{Gone.ToLowerInvariant()}' on host ");
        Require(Schema2(space.ToString()), null, null);
        Require(Schema2(Gone), "Container.Networking.Namespace", $"There is no network namespace '{Gone.ToLowerInvariant()}' on host ");

        static string Schema2(string id) =>
            $$$$"""{"SchemaVersion":{"Major":2,"Minor":1},"Container":{"Networking":{"Namespace":"{{{{id}}}}"}}}""";
    }

    [Fact]
    public void A_host_without_networks_is_a_problem()
    {
        dynamic problem = Session.Single(
            $"Test-HcsConfiguration '{{\"Name\":\"c\",\"EndpointList\":[\"{Gone}\"]}}' -OnHost -Detailed -HcsHost {Session.HostName}");
        Assert.Equal("EndpointList[0]", (string)problem.Path);
    }

    private static string Port(string settings) =>
        $$$"""
        "Policies":[{"Type":"PortMapping","Settings":{{{{settings}}}}}]
        """;

    private static string Plain(ErrorRecord error) => error.ToString().Replace("$.", string.Empty, StringComparison.Ordinal);

    private Guid Put()
    {
        Guid nat = Networks.Put("Network", $$$"""{"Name":"nat","Ipams":[{"Subnets":[{"IpAddressPrefix":"172.30.0.0/24",{{{Routes}}}}]}]}""");
        Networks.Put(
            "Endpoint",
            $$$"""
            {"Name":"web","HostComputeNetwork":"{{{nat}}}","Health":{"Extra":{"SharedContainers":["c1"]}},
             "Policies":[{"Type":"PortMapping","Settings":{"Protocol":"TCP","InternalPort":80,"ExternalPort":8080}}]}
            """);
        return nat;
    }

    /// <summary>The one problem that a test finds, without the full stop.</summary>
    private string Problem(string command, string path)
    {
        dynamic problem = Session.Single(command + " -Detailed");
        Assert.Equal(path, (string)problem.Path);
        Assert.Equal("Error", (string)problem.Severity);
        Session.Run(command).RequireError("HcsInvalidConfiguration", ErrorCategory.InvalidData);
        return ((string)problem.Message).TrimEnd('.');
    }

    private void Require(string json, string? path, string? problem)
    {
        PSObject[] found = [.. Session.Get("Test-HcsConfiguration $j -OnHost -Detailed -HcsHost $h", ("j", json), ("h", Host))];
        if (problem is null)
        {
            Assert.Empty(found);
        }
        else
        {
            dynamic one = Assert.Single(found);
            Assert.Equal(path, (string)one.Path);
            Assert.StartsWith(problem, (string)one.Message, StringComparison.Ordinal);
        }

        Assert.Empty(Networks.Changes);
    }
}
