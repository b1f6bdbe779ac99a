using System;
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
}
