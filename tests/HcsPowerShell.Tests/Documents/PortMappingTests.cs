using System;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Documents;

/// <summary>Tests the short text form of mapped ports, and the hashtables and objects that stand for it.</summary>
public sealed class PortMappingTests(Session session) : NetworkTests(session)
{
    [Theory]
    [InlineData("80", null, null, 80, 1, "TCP", "80/tcp")]
    [InlineData("8080:80", null, 8080, 80, 1, "TCP", "8080:80/tcp")]
    [InlineData(" 5353:53/UDP ", null, 5353, 53, 1, "UDP", "5353:53/udp")]
    [InlineData("10.0.0.4:8080:80/tcp", "10.0.0.4", 8080, 80, 1, "TCP", "10.0.0.4:8080:80/tcp")]
    [InlineData("10.0.0.4:80", "10.0.0.4", null, 80, 1, "TCP", "10.0.0.4:80/tcp")]
    [InlineData("0.0.0.0:8080:80", null, 8080, 80, 1, "TCP", "8080:80/tcp")]
    [InlineData("8000-8010:90-100", null, 8000, 90, 11, "TCP", "8000-8010:90-100/tcp")]
    [InlineData("7000-7999/udp", null, null, 7000, 1000, "UDP", "7000-7999/udp")]
    [InlineData("1:65535", null, 1, 65535, 1, "TCP", "1:65535/tcp")]
    [InlineData("8080-8080:80-80", null, 8080, 80, 1, "TCP", "8080:80/tcp")]
    public void A_text_is_read_and_written(
        string text, string? address, int? hostPort, int port, int count, string protocol, string written)
    {
        dynamic mapping = Session.Single("[HcsPowerShell.HcsPortMapping] $t", ("t", text));
        Assert.Equal(
            (address, hostPort, port, count, protocol),
            ((string?)mapping.HostAddress, (int?)mapping.HostPort, (int)mapping.Port, (int)mapping.Count, (string)mapping.Protocol));
        Assert.Equal(written, mapping.ToString());
        Assert.Equal(written, Session.Single("[HcsPowerShell.HcsPortMapping] $t", ("t", written)).ToString());
    }

    [Theory]
    [InlineData("", "names no port of a container")]
    [InlineData("/udp", "names no port of a container")]
    [InlineData("8080:80,443:443", "write each as a text of its own")]
    [InlineData("[::1]:8080:80", "an address of IPv6")]
    [InlineData("fe80::1", "an address of IPv6")]
    [InlineData("1:2:3:4", "more than three parts")]
    [InlineData(":80", "a colon with nothing before or after it")]
    [InlineData("10.0.0.4::80", "a colon with nothing before or after it")]
    [InlineData("8080:", "a colon with nothing before or after it")]
    [InlineData("8080:80/sctp", "no protocol that is mapped")]
    [InlineData("8080:80/tcp/udp", "no protocol that is mapped")]
    [InlineData("8080:80/", "no protocol that is mapped")]
    [InlineData("web:80", "'web' in 'web:80' is no port")]
    [InlineData("web:8080:80", "'web' in 'web:8080:80' is no IPv4 address of the host")]
    [InlineData("10.0.0.256:80", "neither a port nor an IPv4 address")]
    [InlineData("10.0.4:80", "neither a port nor an IPv4 address")]
    [InlineData("010.0.0.4:8080:80", "no IPv4 address of the host")]
    [InlineData("0:80", "'0' in '0:80' is no port")]
    [InlineData("65536", "a number from 1 to 65535")]
    [InlineData("+80", "'+80' in '+80' is no port")]
    [InlineData("8080: 80", "' 80' in '8080: 80' is no port")]
    [InlineData("80-70", "is backwards")]
    [InlineData("80-81-82", "is no range")]
    [InlineData("1000-2000", "more than 1000 ports")]
    [InlineData("8000-8010:80", "11 ports of the host to one port of the container")]
    [InlineData("8000:80-81", "one port of the host to 2 ports of the container")]
    public void A_bad_text_is_refused_with_its_reason(string text, string reason) => RequireRefusal(text, reason);

    [Theory]
    [InlineData("@{ HostPort = 8080; Port = 80 }", "8080:80/tcp")]
    [InlineData("@{ hostport = '8000-8001'; port = '80-81'; protocol = 'udp' }", "8000-8001:80-81/udp")]
    [InlineData("@{ HostAddress = '10.0.0.4'; Port = 80; Count = 2 }", "10.0.0.4:80-81/tcp")]
    [InlineData("[pscustomobject]@{ HostPort = 8080; Port = 80; Protocol = 'TCP' }", "8080:80/tcp")]
    [InlineData("[pscustomobject]@{ HostAddress = $null; HostPort = ''; Port = 80 }", "80/tcp")]
    [InlineData("([HcsPowerShell.HcsPortMapping] '8000-8001:80-81')", "8000-8001:80-81/tcp")]
    [InlineData("80", "80/tcp")]
    public void What_stands_for_a_mapping_is_taken(string given, string written)
    {
        Networks.Put("Network", """{"Name":"nat"}""");
        ScriptResult result = Session.Run($"New-HcsEndpoint web -PortMapping ({given}) -WhatIf -Verbose").RequireNoErrors();
        Assert.Equal(written, Session.Single(
            $$"""
            $e = [System.Management.Automation.ArgumentTransformationAttribute](
                (Get-Command New-HcsEndpoint).Parameters['PortMapping'].Attributes.Where{ "$_" -like '*PortMapping*' }[0])
            ($e.Transform($ExecutionContext, ({{given}}))).ToString()
            """));
        Assert.Contains(result.Verbose, line => line.Contains("PortMapping", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("@{ HostPort = 8080; Prot = 80 }", "HostAddress, HostPort, Port, Count, Protocol")]
    [InlineData("@{ HostPort = 8080 }", "the port of the container is required")]
    [InlineData("@{ Port = 80; Count = 1001 }", "more than 1000 ports")]
    [InlineData("@{ Port = 80; HostAddress = 'fe80::1' }", "an address of IPv6")]
    public void A_bad_hashtable_is_refused_with_its_reason(string given, string reason) =>
        RequireRefusal(Session.Get(given)[0].BaseObject, reason);

    private void RequireRefusal(object given, string reason)
    {
        ErrorRecord error = Session.Run("New-HcsEndpoint web -PortMapping $t -WhatIf", ("t", given))
            .RequireError("ParameterArgumentTransformationError", ErrorCategory.InvalidData);
        Assert.Contains(reason, error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Networks.Calls);
    }
}
