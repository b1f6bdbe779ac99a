using System;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

/// <summary>Tests Get-HcsNetwork, New-HcsNetwork and Remove-HcsNetwork.</summary>
public sealed class NetworkCommandTests(Session session) : NetworkTests(session)
{
    [Fact]
    public void A_network_is_made_with_its_prefix_and_the_first_address_as_gateway()
    {
        dynamic network = Session.Single(
            "New-HcsNetwork nat2 -AddressPrefix 172.30.0.0/24 -DnsServer 10.0.0.1, 10.0.0.2 -DnsSuffix example.org -Persistent"
                + " -VlanId 7 -NetAdapterName 'Ethernet 2'");
        Assert.Equal("nat2 NAT HcsPowerShell", $"{network.Name} {network.Type} {network.Owner}");
        Assert.Equal(["172.30.0.0/24"], (string[])network.AddressPrefix);
        Assert.Equal(["172.30.0.1"], (string[])network.Gateway);
        Assert.Equal(["10.0.0.1", "10.0.0.2"], (string[])network.DnsServer);
        Assert.Equal("example.org", network.DnsSuffix);
        Assert.Equal("EnablePersistent", network.Flags.ToString());
        Assert.Equal(["NetAdapterName", "VLAN"], (string[])network.Policies);
        string sent = Assert.Single(Networks.Changes);
        foreach (string part in new[]
        {
            "\"Owner\":\"HcsPowerShell\"", "\"IsolationId\":7", "\"Type\":\"Static\"",
            "\"DestinationPrefix\":\"0.0.0.0/0\"", "\"NetworkAdapterName\":\"Ethernet 2\"", "\"Flags\":16",
        })
        {
            Assert.Contains(part, sent, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("{\"Health\":{\"Data\":{\"Warnings\":[\"one\",2,\"two\"]}}}", "Network 'x': one|Network 'x': two")]
    [InlineData("{\"Health\":{\"Data\":{\"Warnings\":\"one\"}}}", "")]
    [InlineData("{\"Health\":{\"Data\":[1]}}", "")]
    public void What_keeps_packets_from_a_network_is_a_warning(string answer, string warnings) => Assert.Equal(
        warnings,
        string.Join('|', Session.Run("New-HcsNetwork x -AdditionalJson $j", ("j", answer)).Warnings));

    [Fact]
    public void A_gateway_belongs_to_the_prefix_that_it_is_in()
    {
        dynamic network = Session.Single(
            "New-HcsNetwork two -Type L2Bridge -Subnet 10.1.0.0/16, 10.2.0.0/16 -Gateway 10.2.0.254");
        Assert.Equal(["10.1.0.1", "10.2.0.254"], (string[])network.Gateway);
    }

    [Theory]
    [InlineData("none", "'none' is a reserved name")]
    [InlineData("Host", "'Host' is a reserved name")]
    [InlineData("x -AddressPrefix 172.30.0.5/24", "'172.30.0.5/24' names an address in the prefix 172.30.0.0/24")]
    [InlineData("x -AddressPrefix 172.30.0.0/33", "no number from 0 to 32")]
    [InlineData("x -AddressPrefix 172.30.0.0", "172.30.0.0/24 is one")]
    [InlineData("x -AddressPrefix 172.30/16", "172.30.0.0/24 is one")]
    [InlineData("x -AddressPrefix 172.30.0.0/24 -Gateway 172.31.0.1", "172.31.0.1 is not in 172.30.0.0/24")]
    [InlineData("x -AddressPrefix 172.30.0.0/24 -Gateway gw", "'gw' is no IP address")]
    [InlineData("x -AddressPrefix 172.30.0.0/24 -Gateway 172.30.0.1, 172.30.0.2", "has one gateway, not 2")]
    [InlineData("x -Gateway 172.30.0.1", "a gateway goes with -AddressPrefix")]
    [InlineData("x -DnsServer here", "'here' is no IP address")]
    [InlineData("@{ Type = 'NAT' }", "A network needs a name")]
    [InlineData("@{ Name = 'x'; Ipams = @(@{ Subnets = @(@{ IpAddressPrefix = '10.0.0.0/8' }) }) }", "needs a default route, to 0.0.0.0/0")]
    [InlineData("@{ Name = 'x'; Subnet = '10.0.0.0/8' }", "Subnet")]
    [InlineData("x -AdditionalJson '{\"Name\":\"none\"}'", "'none' is a reserved name")]
    public void A_bad_network_is_refused_before_any_call(string arguments, string reason)
    {
        ErrorRecord error = Session.Run($"New-HcsNetwork {arguments}")
            .RequireError("HcsInvalidConfiguration", ErrorCategory.InvalidData);
        Assert.Contains(reason, error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Networks.Calls);
    }

    [Theory]
    [InlineData("New-HcsNetwork @{ Name = 'given'; Type = 'Internal' }")]
    [InlineData("New-HcsNetwork -Configuration '{\"Name\":\"given\",\"Type\":\"Internal\"}'")]
    [InlineData("'{\"Name\":\"given\",', '\"Type\":\"Internal\"}' | New-HcsNetwork")]
    [InlineData("New-HcsNetwork other -AdditionalJson '{\"Name\":\"given\",\"Type\":\"Internal\"}'")]
    public void A_document_is_taken_as_it_is(string command)
    {
        dynamic network = Session.Single(command);
        Assert.Equal("given Internal HcsPowerShell", $"{network.Name} {network.Type} {network.Owner}");
    }

    [Fact]
    public void WhatIf_shows_the_document_and_makes_nothing()
    {
        ScriptResult result = Session.Run("New-HcsNetwork x -AddressPrefix 10.0.0.0/8 -WhatIf -Verbose").RequireNoErrors();
        Assert.Empty(result.Output);
        Assert.Contains(result.Verbose, line => line.Contains("\"IpAddressPrefix\":\"10.0.0.0/8\"", StringComparison.Ordinal));
        Assert.Empty(Networks.Calls);
    }

    [Fact]
    public void A_name_that_is_there_is_an_error_that_shows_where_to_look()
    {
        Networks.Put("Network", """{"Name":"nat"}""");
        ErrorRecord error = Session.Run("New-HcsNetwork nat")
            .RequireError("HcsNetworkAlreadyExists", ErrorCategory.ResourceExists);
        Assert.Contains("Get-HcsNetwork 'nat'", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("0x803B0010, HCN_E_NETWORK_ALREADY_EXISTS", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_tells_what_the_service_said_and_keeps_the_facts()
    {
        Networks.Refusal = call => call.StartsWith("CreateAsync", StringComparison.Ordinal) ? unchecked((int)0x803B0015) : null;
        Networks.Record = """{"Success":false,"Error":"The adapter is gone. ","ErrorCode":2151350293}""";
        ErrorRecord error = Session.Run("New-HcsNetwork nat")
            .RequireError("HcsNetworkRequestRefused", ErrorCategory.InvalidOperation);
        Assert.Contains(" The adapter is gone. (", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("{", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(error.ToString(), error.Exception.Message);
        dynamic exception = error.Exception;
        Assert.Equal(Networks.Record, (string)exception.ResultDocument);
        Assert.Equal("HCN_E_REQUEST_UNSUPPORTED", (string)exception.Symbol);
        Assert.Equal(2151350293, unchecked((uint)(int)exception.HResult));
    }

    [Theory]
    [InlineData("New-HcsNetwork x -AdditionalJson '{\"Policies\":[{\"Type\":\"VxlanPort\"}]}'", "9.2", "VxlanPort needs version 10.3 of the network service; it has version 9.2.")]
    [InlineData("New-HcsEndpoint x -Policy @{ Type = 'TierAcl' }", "13.2", "TierAcl needs version 14.0 of the network service; it has version 13.2.")]
    [InlineData("Set-HcsEndpoint web -Policy @{ Type = 'L4WfpProxy' }", null, "L4WfpProxy needs version 13.2 of the network service; its version is not known.")]
    [InlineData("New-HcsEndpoint x -Policy @{ Type = 'TierAcl' }", "15.0", "The policies are TierAcl. As for the network service, it has version 15.0.")]
    public void A_policy_that_is_not_supported_names_the_version_that_has_it(string command, string? version, string told)
    {
        Networks.Put("Network", """{"Name":"nat"}""");
        Networks.Put("Endpoint", """{"Name":"web"}""");
        Networks.Version = version is null ? null : new Version(version);
        Networks.Refusal = call => call.StartsWith("CreateAsync", StringComparison.Ordinal) || call.StartsWith("ModifyAsync", StringComparison.Ordinal)
            ? unchecked((int)0x803B000E)
            : null;
        ErrorRecord error = Session.Run(command).RequireError("HcsPolicyNotSupported", ErrorCategory.NotImplemented);
        Assert.Contains(told, error.ToString(), StringComparison.Ordinal);
        Assert.Contains("0x803B000E, HCN_E_INVALID_POLICY_TYPE", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_host_shows_the_version_of_the_service_where_there_is_one()
    {
        Networks.Version = new Version(15, 4);
        Assert.Equal("15.4", Session.Single("($h | Get-HcsHost).NetworkVersion").ToString());
        Networks.Refusal = call => call.StartsWith("GetVersionAsync", StringComparison.Ordinal) ? unchecked((int)0x8007007E) : null;
        Assert.Null(Session.Run("$h | Get-HcsHost").RequireNoErrors().Output.Single().Properties["NetworkVersion"].Value);
    }

    [Fact]
    public void A_second_NAT_network_of_Windows_is_warned_of()
    {
        (object windows, GivenNetworks networks) = ServiceProxy.HostOf<GivenNetworks>(Session, "Local");
        networks.Put("Network", """{"Name":"first","Type":"nat"}""");
        networks.Put("Network", """{"Name":"bridge","Type":"L2Bridge"}""");
        ScriptResult second = Session.Run("New-HcsNetwork second -HcsHost $w", ("w", windows)).RequireNoErrors();
        Assert.Contains("'first' is of type NAT too", Assert.Single(second.Warnings), StringComparison.Ordinal);
        Assert.Empty(Session.Run("New-HcsNetwork third -Type Internal -HcsHost $w").RequireNoErrors().Warnings);
        Networks.Put("Network", """{"Name":"first"}""");
        Assert.Empty(Session.Run("New-HcsNetwork second").RequireNoErrors().Warnings);
    }

    [Fact]
    public void Networks_are_listed_by_names_patterns_ids_and_types()
    {
        Guid nat = Networks.Put("Network", """{"Name":"nat"}""");
        Networks.Put("Network", """{"Name":"net1","Type":"Internal"}""");
        Networks.Put("Network", """{"Name":"l2","Type":"L2Bridge"}""");
        Assert.Equal("l2 nat net1", Names("Get-HcsNetwork"));
        Assert.Equal("nat", Names("Get-HcsNetwork NAT"));
        Assert.Equal("nat net1", Names("Get-HcsNetwork n*"));
        Assert.Equal("l2 nat net1", Names("Get-HcsNetwork n*, l2, nat"));
        Assert.Equal("nat", Names($"Get-HcsNetwork -Id {nat}"));
        Assert.Equal("nat", Names($"Get-HcsNetwork {nat}, nat"));
        Assert.Equal("l2 nat", Names("Get-HcsNetwork -Type NAT, l2bridge"));
        Assert.Equal("NAT", Session.Single("(Get-HcsNetwork nat).Type"));
        Assert.Contains("\"Name\":\"nat\"", (string)Session.Single("(Get-HcsNetwork nat).Document"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-HcsNetwork nowhere", "list network 'nowhere': There is no network 'nowhere' on host ")]
    [InlineData("Remove-HcsNetwork nowhere", "remove network 'nowhere': There is no network 'nowhere' on host ")]
    [InlineData("Get-HcsNetwork -Id 6d6d9c5c-0000-0000-0000-000000000001", "There is no network '6d6d9c5c-")]
    public void A_network_that_is_not_there_is_an_error_and_the_others_are_used(string command, string message)
    {
        Networks.Put("Network", """{"Name":"nat"}""");
        ErrorRecord error = Session.Run(command).RequireError("HcsNetworkNotFound", ErrorCategory.ObjectNotFound);
        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
        Assert.Equal("nat", Session.Run("Get-HcsNetwork nowhere, nat").Output.Single().ToString());
        Assert.Empty(Session.Get("Get-HcsNetwork nowhere*"));
    }

    [Fact]
    public void A_network_that_vanishes_while_it_is_listed_is_skipped()
    {
        Guid gone = Networks.Put("Network", """{"Name":"gone"}""");
        Networks.Put("Network", """{"Name":"kept"}""");
        Networks.Before = call =>
        {
            if (call.StartsWith("GetAsync", StringComparison.Ordinal))
            {
                Networks.Take("Network", gone);
            }
        };
        Assert.Equal("kept", Names("Get-HcsNetwork"));
    }

    [Fact]
    public void Each_network_is_written_as_soon_as_it_is_read()
    {
        Networks.Put("Network", """{"Name":"first"}""");
        Networks.Put("Network", """{"Name":"second"}""");
        Session.Get("Get-HcsNetwork | Select-Object -First 1");
        Assert.Single(Networks.Calls, call => call.StartsWith("GetAsync", StringComparison.Ordinal));
    }

    [Fact]
    public void A_network_of_ours_is_removed_without_a_question()
    {
        Session.Get("New-HcsNetwork nat; Remove-HcsNetwork nat");
        Assert.Equal(string.Empty, Names("Get-HcsNetwork"));
    }

    [Theory]
    [InlineData("""{"Name":"nat","Owner":"docker"}""", "it belongs to owner 'docker'")]
    [InlineData("""{"Name":"nat"}""", "it belongs to an unknown owner")]
    public void A_network_of_others_is_removed_only_when_the_user_says_so(string network, string whose)
    {
        Networks.Put("Network", network);
        ErrorRecord error = Session.Run("Remove-HcsNetwork nat -Force")
            .RequireError("HcsConfirmationRequired", ErrorCategory.OperationStopped);
        Assert.Contains(whose, error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Networks.Changes);
        Session.Get("Get-HcsNetwork nat | Remove-HcsNetwork -Confirm:$false");
        Assert.Single(Networks.Changes);
    }

    [Fact]
    public void A_network_with_endpoints_is_refused_and_they_are_listed()
    {
        Session.Get("$null = New-HcsNetwork nat; $null = New-HcsEndpoint web; $null = New-HcsEndpoint db");
        ErrorRecord error = Session.Run("Remove-HcsNetwork nat").RequireError("HcsNetworkInUse", ErrorCategory.ResourceBusy);
        Assert.Contains("2 endpoints are on network 'nat'", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("'web'", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("'db'", error.ToString(), StringComparison.Ordinal);
        Session.Get("Remove-HcsNetwork nat -Force");
        Assert.Empty(Session.Get("Get-HcsNetwork; Get-HcsEndpoint"));
    }

    [Fact]
    public void A_network_of_another_process_is_named_with_the_line_to_type()
    {
        Session.Get("$null = New-HcsNetwork nat");
        Session.Get($"{Revive} $far = Revive (Get-HcsNetwork nat); $far.HostInstance = [guid]::NewGuid(); $far.ComputerName = 'b'");
        ErrorRecord error = Session.Run("$PSDefaultParameterValues = @{}; $far | Remove-HcsNetwork")
            .RequireError("HcsOtherComputer", ErrorCategory.InvalidArgument);
        Assert.Contains("Remove-HcsNetwork -Name", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Single(Networks.Changes);
    }

    [Theory]
    [InlineData("Get-HcsNetwork")]
    [InlineData("New-HcsNetwork nat")]
    [InlineData("Remove-HcsNetwork nat")]
    [InlineData("Get-HcsEndpoint")]
    [InlineData("New-HcsEndpoint web")]
    [InlineData("Set-HcsEndpoint web -PortMapping 80")]
    [InlineData("Remove-HcsEndpoint web")]
    [InlineData("Connect-HcsEndpoint web c")]
    [InlineData("Disconnect-HcsEndpoint web")]
    [InlineData("Watch-HcsEvent -Network")]
    public void Isolation_Process_refuses_by_name(string command)
    {
        ErrorRecord error = Session.Run($"{command} -HcsHost {Session.HostName}")
            .RequireError("HcsNotSupported", ErrorCategory.NotImplemented);
        Assert.Contains("Isolation Process has no networks; on Linux, isolation Oci has.", error.ToString(), StringComparison.Ordinal);
    }

    private string Names(string script) => string.Join(
        " ", Session.Get(script).Select(network => (string)network.Properties["Name"].Value).Order(StringComparer.Ordinal));
}
