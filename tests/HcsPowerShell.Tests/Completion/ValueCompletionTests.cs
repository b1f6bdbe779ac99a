using System;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Completion;

/// <summary>Tests the completion of hosts, and of values from a fixed set.</summary>
public sealed class ValueCompletionTests(Session session) : CompletingTests(session)
{
    [Theory]
    [InlineData("Get-HcsContainer -HcsHost ")]
    [InlineData("Disconnect-HcsHost ")]
    [InlineData("Connect-HcsHost -Embedded -Name ")]
    public void Hosts(string line)
    {
        CompletionResult offer = Assert.Single(Complete(line + Session.HostName[..20]));
        Assert.Equal(Session.HostName, offer.CompletionText);
        Assert.StartsWith("Embedded host", offer.ToolTip, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Set-HcsContainer web -ResourceType ", "MappedVirtualDisk", "Network")]
    [InlineData("Set-HcsContainer web -RequestType ", "Add", "Remove")]
    [InlineData("New-HcsContainer -ContainerType ", "Linux", "Windows")]
    [InlineData("Get-HcsContainer -Type ", "Container", "VirtualMachine")]
    [InlineData("Get-HcsContainer -State P", "Paused")]
    [InlineData("Connect-HcsHost -Embedded -Isolation ", "Best", "Oci", "Process")]
    [InlineData("Test-HcsConfiguration '{}' -WindowsVersion S", "Server2016", "Server2019", "Server2022")]
    [InlineData("Test-HcsConfiguration '{}' -SchemaVersion ", "1", "2", "2.2", "2.3", "2.5", "2.6")]
    [InlineData("New-HcsContainer -SchemaVersion 2.", "2.2", "2.3", "2.5", "2.6")]
    [InlineData("Invoke-HcsProcess web ls -Encoding u", "unicode", "utf32", "utf7", "utf8", "utf8BOM", "utf8NoBOM")]
    [InlineData("Receive-HcsProcessOutput -Encoding as", "ascii")]
    [InlineData("Test-HcsConfiguration '{}' -As ContainerC", "ContainerConfig")]
    public void Values_of_a_fixed_set(string line, params string[] values) =>
        Assert.Equal(values, Complete(line).Select(offer => offer.CompletionText).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_encoding_that_the_engine_knows_is_offered_and_taken()
    {
        string[] known = [.. Complete("Set-Content x -Encoding ").Select(offer => offer.CompletionText.ToUpperInvariant())];
        Assert.Contains("BIGENDIANUTF32", known);
        Assert.Equal(
            known.Order(StringComparer.Ordinal),
            Complete("Invoke-HcsProcess web ls -Encoding ").Select(offer => offer.CompletionText.ToUpperInvariant()).Order(StringComparer.Ordinal));
        Assert.All(known.Append("default").Append("string").Append("unknown").Append("437"), name => Assert.Equal(
            "abc", Session.Single($"'abc' | Invoke-HcsProcess $c cat -Encoding {name}", ("c", (object)Session.NewRunning()))));
    }

    [Fact]
    public void Every_value_offered_is_taken()
    {
        Assert.All(Complete("Invoke-HcsProcess web ls -Encoding "), offer =>
            Session.Get($"Invoke-HcsProcess $c true -Encoding {offer.CompletionText}", ("c", (object)Session.NewRunning())));
        Assert.All(Complete("ConvertTo-HcsJson -SchemaVersion "), offer =>
            Session.Get($"ConvertTo-HcsJson @{{ Name = 'x' }} -SchemaVersion {offer.CompletionText}"));
    }

    [Theory]
    [InlineData("Connect-HcsHost -Embedded -FaultPlan ", 11, "Connect-HcsHost -Embedded -Isolation Process -Name fault-plans -FaultPlan {0}; Disconnect-HcsHost fault-plans")]
    [InlineData("Set-HcsContainer web -Request ", 4, "Set-HcsContainer $c -Request {0} -WhatIf")]
    [InlineData("Set-HcsContainer web -Settings ", 1, "Set-HcsContainer $c -ResourceType MappedVirtualDisk -RequestType Add -Settings {0} -WhatIf")]
    [InlineData("New-HcsContainer -Configuration ", 2, "New-HcsContainer -Configuration {0} -WhatIf; Test-HcsConfiguration {0} | Where-Object {{ -not $_ }} | Write-Error")]
    [InlineData("New-HcsNetwork -Configuration ", 2, "New-HcsNetwork -Configuration {0} -WhatIf")]
    [InlineData("Set-HcsEndpoint web -Policy ", 3, "Set-HcsEndpoint web -Policy {0} -HcsHost $networks -WhatIf")]
    [InlineData("Test-HcsConfiguration -Configuration ", 2, "ConvertTo-HcsJson {0}")]
    public void Hashtables_where_no_type_tells_the_keys(string line, int count, string command)
    {
        string[] offered = [.. Complete(line).Select(offer => offer.CompletionText)];
        Assert.Equal(count, offered.Length);
        Assert.Equal(offered, Complete(line + "@").Select(offer => offer.CompletionText));
        object container = Session.NewContainer();
        (object host, GivenNetworks networks) = ServiceProxy.HostOf<GivenNetworks>(Session);
        networks.Put("Endpoint", """{"Name":"web"}""");
        Assert.All(offered, hashtable => Session.Run(
            string.Format(CultureInfo.InvariantCulture, command, hashtable), ("c", container), ("networks", host)).RequireNoErrors());
    }

    [Fact]
    public void Endpoints_have_no_hashtable() => Assert.Empty(Offered("Set-HcsContainer web -ResourceType Network -Settings "));

    /// <summary>The engine offers the members of the type of a parameter, and with them what the types file adds.</summary>
    [Fact]
    public void The_keys_of_a_hashtable_are_the_members_of_the_document()
    {
        (string Command, string Parameter, Type Type)[] typed =
        [
            .. from command in Session.Get("Get-Command -Module HcsPowerShell -CommandType Cmdlet").Select(c => (CommandInfo)c.BaseObject)
               from parameter in command.Parameters.Values
               let type = parameter.ParameterType.GetElementType() ?? parameter.ParameterType
               where type.FullName!.StartsWith("HcsPowerShell.Interop.Documents.", StringComparison.Ordinal)
                   && type.IsClass && type.Name != "SchemaVersion"
               select (command.Name, parameter.Name, type),
        ];
        Assert.NotEmpty(typed);
        Assert.All(typed, at => Assert.Equal(
            at.Type.GetProperties().Where(p => p.CanWrite).Select(p => p.Name).Order(StringComparer.Ordinal),
            Complete($"{at.Command} -{at.Parameter} @{{ ").Select(key => key.CompletionText).Order(StringComparer.Ordinal)));
    }
}
