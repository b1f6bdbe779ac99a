using System;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Interop.Tests.Networks;

/// <summary>Tests the documents of networks with texts as the service writes them and hcsshim sends them.</summary>
public sealed class NetworkDocumentTests
{
    // A member that no document has, to be kept at every level.
    private const string New = """
        "New":{"a":[1,null,"ü"]}
        """;

    public static TheoryData<string, string> Texts => new()
    {
        {
            nameof(HostComputeNetwork),
            """
            {"Name":"nat2","Type":"NAT","Ipams":[{"Type":"Static","Subnets":[{"IpAddressPrefix":"172.30.0.0/24","Routes":
            [{"NextHop":"172.30.0.1","DestinationPrefix":"0.0.0.0/0"}]}]}],"SchemaVersion":{"Major":2,"Minor":0}}
            """
        },
        {
            nameof(HostComputeEndpoint),
            """
            {"Name":"web","HostComputeNetwork":"0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0","Policies":[{"Type":"PortMapping",
            "Settings":{"Protocol":6,"InternalPort":80,"ExternalPort":8080}}],"SchemaVersion":{"Major":2,"Minor":0}}
            """
        },
        {
            nameof(HostComputeNetwork),
            $$$"""
            {"ID":"0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0","Name":"l2","Owner":"x","Version":47244640256,"State":1,
            "Type":"L2Bridge","Policies":[{"Type":"NetAdapterName","Settings":{"NetworkAdapterName":"Ethernet", "More":[1.0]},{{{New}}}}],
            "MacPool":{"Ranges":[{"StartMacAddress":"00-15-5D-52-C0-00","EndMacAddress":"00-15-5D-52-CF-FF",{{{New}}}}],{{{New}}}},
            "Dns":{"Domain":"d","Search":["s"],"ServerList":["10.0.0.1"],"Options":["ndots:5"],{{{New}}}},
            "Ipams":[{"Type":"Static","Subnets":[{"IpAddressPrefix":"10.0.0.0/16","Policies":[{"Type":"VLAN","Settings":
            {"IsolationId":7},{{{New}}}}],"Routes":[{"NextHop":"10.0.0.1","DestinationPrefix":"0.0.0.0/0","Metric":9,{{{New}}}}],
            "IpSubnets":[{"IpAddressPrefix":"10.0.1.0/24"}],"Flags":1,{{{New}}}}],{{{New}}}}],"Flags":9,
            "Health":{"Data":{"a":1},"Extra":{"Resources":{"b":2},"SwitchGuid":"s","LayeredOn":"l",{{{New}}}},{{{New}}}},
            "SchemaVersion":{"Major":2,"Minor":16,{{{New}}}},"AdditionalParams":{"c":3},"Telemetry":{"d":4},{{{New}}}}
            """
        },
        {
            nameof(HostComputeEndpoint),
            $$$"""
            {"ID":"0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0","HostComputeNetwork":"1F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0",
            "HostComputeNamespace":"2F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0","IpConfigurations":[{"IpAddress":"10.0.0.5",
            "PrefixLength":16,"IpSubnetId":"i",{{{New}}}}],"Dns":{"ServerList":["10.0.0.1"]},"Routes":[{"NextHop":"10.0.0.1"}],
            "MacAddress":"00-15-5D-52-C0-00","Flags":24,"Policies":[{"Type":"ACL","Settings":{"Protocols":"6","Action":"Allow",
            "Direction":"In","Priority":100}},{"Type":"Unheard","Settings":[1]}],"Health":{"Extra":{"SharedContainers":
            ["web"],"VirtualMachine":"v","UtilityVM":"u",{{{New}}}}},{{{New}}}}
            """
        },
        {
            nameof(HostComputeNamespace),
            $$$"""
            {"ID":"0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0","NamespaceId":4294967295,"NamespaceGuid":
            "0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0","Type":"HostDefault","Resources":[{"Type":"Container","Data":{"Id":"web",
            {{{New}}}},{{{New}}}},{"Type":"Endpoint","Data":{"Id":"1F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0"}}],{{{New}}}}
            """
        },
        {
            nameof(ModifyNetworkSettingRequest),
            $$$"""{"ResourceType":"Endpoint","RequestType":"Add","Settings":{"EndpointId":"e"},{{{New}}}}"""
        },
        {
            nameof(HostComputeQuery),
            $$$"""{"SchemaVersion":{"Major":2,"Minor":0},"Flags":1,"Filter":"{\"Name\":\"nat\"}",{{{New}}}}"""
        },
        {
            nameof(PortMappingSetting),
            $$$"""{"Protocol":17,"InternalPort":53,"ExternalPort":65535,"VIP":"10.0.0.9","Flags":1,{{{New}}}}"""
        },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_document_is_written_as_it_was_read(string type, string text)
    {
        HcsDocument document = HcsJson.Read(TypeOf(type), text);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(text), JsonNode.Parse(HcsJson.Write(document))), HcsJson.Write(document));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(text), JsonNode.Parse(HcsJson.Reproduce(document))));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_check_of_a_document_finds_only_the_members_that_are_new(string type, string text)
    {
        DocumentProblem[] problems = [.. DocumentShape.Check(TypeOf(type), JsonDocument.Parse(text).RootElement, out string fitting)];
        Assert.All(problems, problem => Assert.Matches(@"(^|\.)(New|Telemetry)$", problem.Path));
        Assert.All(problems, problem => Assert.True(problem.IsSent));
        HcsJson.Read(TypeOf(type), fitting);
    }

    [Fact]
    public void The_settings_of_a_policy_are_kept_to_the_letter()
    {
        var policy = HcsJson.Read<HostComputePolicy>("""{"Type":"ACL","Settings":{"Priority": 1.0, "b":"\u00fc"}}""");
        Assert.Equal("""{"Priority": 1.0, "b":"\u00fc"}""", policy.Settings!.Text);
    }

    [Fact]
    public void A_network_without_a_type_keeps_none()
    {
        var network = HcsJson.Read<HostComputeNetwork>("""{"ID":"0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0","Name":"nat"}""");
        Assert.Null(network.Type);
        Assert.DoesNotContain("Type", HcsJson.Write(network), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0")]
    [InlineData("0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0")]
    [InlineData("{0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0}")]
    public void An_id_is_read_in_either_case(string id) => Assert.Equal(
        new Guid("0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"),
        HcsJson.Read<HostComputeEndpoint>($$"""{"ID":"{{id}}"}""").Guid);

    [Fact]
    public void A_filter_is_a_text_that_holds_JSON() => Assert.Equal(
        """{"Flags":0,"Filter":"{\"Name\":\"nat\"}"}""",
        HcsJson.Write(new HostComputeQuery { Filter = """{"Name":"nat"}""" }));

    [Theory]
    [InlineData("9", 9)]
    [InlineData("\"9\"", 9)]
    [InlineData("\"EnablePersistent\"", 16)]
    [InlineData("\"enablepersistent\"", 16)]
    [InlineData("\"EnableDns, EnableNonPersistent\"", 9)]
    [InlineData("\"EnableDns,EnableNonPersistent\"", 9)]
    [InlineData("\"None\"", 0)]
    [InlineData("0", 0)]
    [InlineData("1048577", 1048577)]
    public void Flags_are_read_as_a_number_or_as_names_and_written_as_a_number(string text, int flags)
    {
        string json = $$"""{"Flags":{{text}}}""";
        var network = HcsJson.Read<HostComputeNetwork>(json);
        Assert.Equal((NetworkFlags)flags, network.Flags);
        Assert.Equal(flags == 0 ? "{}" : $$"""{"Flags":{{flags}}}""", HcsJson.Write(network));
        Assert.Empty(DocumentShape.Check(typeof(HostComputeNetwork), JsonDocument.Parse(json).RootElement, out _));
    }

    [Theory]
    [InlineData("6", NetworkProtocol.TCP)]
    [InlineData("\"TCP\"", NetworkProtocol.TCP)]
    [InlineData("\"udp\"", NetworkProtocol.UDP)]
    [InlineData("\"17\"", NetworkProtocol.UDP)]
    [InlineData("58", NetworkProtocol.ICMPv6)]
    [InlineData("132", (NetworkProtocol)132)]
    public void A_protocol_is_read_as_a_number_or_as_a_name(string text, NetworkProtocol protocol)
    {
        string json = $$"""{"Protocol":{{text}}}""";
        Assert.Equal(protocol, HcsJson.Read<PortMappingSetting>(json).Protocol);
        Assert.Empty(DocumentShape.Check(typeof(PortMappingSetting), JsonDocument.Parse(json).RootElement, out _));
    }

    [Theory]
    [InlineData(nameof(HostComputeNetwork), """{"Flags":"Unheard"}""", "Flags", "EnableDhcp")]
    [InlineData(nameof(HostComputeNetwork), """{"Flags":"EnableDns, Unheard"}""", "Flags", "EnableDhcp")]
    [InlineData(nameof(HostComputeNetwork), """{"Flags":""}""", "Flags", "EnableDhcp")]
    [InlineData(nameof(HostComputeNetwork), """{"Flags":true}""", "Flags", "a number or a name")]
    [InlineData(nameof(HostComputeNetwork), """{"Flags":1.5}""", "Flags", "not 1.5")]
    [InlineData(nameof(HostComputeNetwork), """{"Flags":99999999999}""", "Flags", "not 99999999999")]
    [InlineData(nameof(HostComputeNetwork), """{"Flags":"99999999999"}""", "Flags", "a number or a name")]
    [InlineData(nameof(PortMappingSetting), """{"Protocol":"SCTP"}""", "Protocol", "ICMPv6")]
    [InlineData(nameof(PortMappingSetting), """{"ExternalPort":65536}""", "ExternalPort", "0 to 65535")]
    [InlineData(nameof(HostComputeEndpoint), """{"IpConfigurations":[{"PrefixLength":256}]}""", "IpConfigurations[0].PrefixLength", "0 to 255")]
    [InlineData(nameof(HostComputeEndpoint), """{"Policies":{}}""", "Policies", "a list")]
    public void A_value_that_does_not_fit_is_found_and_left_out(string type, string json, string path, string says)
    {
        DocumentProblem problem = Assert.Single(
            DocumentShape.Check(TypeOf(type), JsonDocument.Parse(json).RootElement, out string fitting));
        Assert.Equal(path, problem.Path);
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
        HcsJson.Read(TypeOf(type), fitting);
        Assert.Throws<HcsDocumentException>(() => HcsJson.Read(TypeOf(type), json));
    }

    [Fact]
    public void A_document_knows_its_kind_of_object_by_its_type_alone()
    {
        Assert.Equal(ComputeOperation.CreateNetwork, Interop.Networks.NetworkKind.Of<HostComputeNetwork>().Create);
        Assert.Equal(ComputeOperation.DeleteEndpoint, Interop.Networks.NetworkKind.Of<HostComputeEndpoint>().Delete);
        Assert.Equal(ComputeOperation.ModifyNamespace, Interop.Networks.NetworkKind.Of<HostComputeNamespace>().Modify);
    }

    private static Type TypeOf(string name) => typeof(HostComputeNetwork).Assembly.GetTypes().Single(type => type.Name == name);
}
