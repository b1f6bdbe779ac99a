using System;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

/// <summary>Tests New-HcsContainer -Network on networks in memory.</summary>
public sealed class NewContainerOnNetworkTests : NetworkTests
{
    public NewContainerOnNetworkTests(Session session)
        : base(session)
    {
        Networks.Put("Network", """{"Name":"nat"}""");
        Networks.Put("Network", """{"Name":"bridge","Type":"L2Bridge"}""");
        Session.Get("$null = $h", ("h", Host));
    }

    [Theory]
    [InlineData("-Network nat", true)]
    [InlineData("-Network bridge", false)]
    [InlineData("-Network nat -SchemaVersion 2", false)]
    [InlineData("-Network bridge -AllowUnqualifiedDNSQuery", true)]
    [InlineData("", false)]
    public void Short_names_are_asked_for_on_NAT_under_schema_1(string arguments, bool asked)
    {
        EnforceAll();
        ScriptResult result = Session.Run($"New-HcsContainer web {arguments} -HcsHost $h -WhatIf -Verbose").RequireNoErrors();
        string document = Assert.Single(result.Verbose, line => line.StartsWith("Document: ", StringComparison.Ordinal));
        Assert.Equal(asked, document.Contains("\"AllowUnqualifiedDNSQuery\":true", StringComparison.OrdinalIgnoreCase));
        Assert.Empty(Networks.Changes);
    }

    [Theory]
    [InlineData("New-HcsContainer @{ Name = 'web' } -Network nat", "-Network does not go with it")]
    [InlineData("New-HcsContainer ([pscustomobject]@{ Name = 'web' }) -Network nat", "-Network does not go with it")]
    [InlineData("New-HcsContainer '{\"Name\":\"web\"}' -Network nat", "-Network does not go with it")]
    [InlineData("New-HcsContainer ([HcsPowerShell.Interop.Documents.ContainerConfig]@{ Name = 'web' }) -HostName x", "-HostName does not go with it")]
    [InlineData("@{ Name = 'web' } | New-HcsContainer -Network nat", "cannot be bound")]
    [InlineData("New-HcsContainer -Configuration '{\"Name\":\"web\"}' -Network nat", "Parameter set cannot be resolved")]
    [InlineData("New-HcsContainer -Path nowhere.json -Network nat", "Parameter set cannot be resolved")]
    [InlineData("New-HcsNetwork @{ Name = 'web' } -Type NAT", "the text is a configuration")]
    [InlineData("New-HcsNetwork '{\"Name\":\"web\"}' -Type NAT", "the text is a configuration")]
    public void A_configuration_is_not_taken_for_a_name(string command, string reason)
    {
        ScriptResult result = Session.Run(command + " -HcsHost $h");
        Assert.Contains(reason, Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.Empty(Networks.Changes);
    }

    /// <summary>Lets the host say that it enforces every member, as Windows does.</summary>
    private void EnforceAll()
    {
        PropertyInfo properties = Host.GetType().GetProperty("Properties", BindingFlags.Instance | BindingFlags.NonPublic)!;
        object own = properties.GetValue(Host)!;
        object told = own.GetType().GetMethod("<Clone>$")!.Invoke(own, null)!;
        PropertyInfo members = told.GetType().GetProperty("UnenforcedContainerMembers")!;
        members.SetValue(told, Array.Empty<string>());
        properties.SetValue(Host, told);
    }
}
