using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

public sealed class GetHcsHostTests(Session session) : SessionTests(session)
{
    [Fact]
    public void It_shows_the_host_in_use()
    {
        dynamic host = Session.Single("Get-HcsHost");
        Assert.Equal(Session.HostName, (string)host.Name);
        Assert.Equal("Embedded", (string)host.Kind.ToString());
        Assert.NotEmpty((string)host.Isolation);
        Assert.NotEmpty((IReadOnlyList<string>)host.Api);
        Assert.Contains("1.0", (IReadOnlyList<string>)host.SchemaVersions);
        Assert.NotEmpty((IReadOnlyList<string>)host.UnenforcedProcessMembers);
    }

    [Fact]
    public void It_shows_a_host_by_name()
    {
        using var other = new Session();
        Assert.Equal(other.HostName, (string)Session.Single("Get-HcsHost -HcsHost $n", ("n", other.HostName)).Name);
    }

    [Fact]
    public void All_shows_every_host_of_the_process()
    {
        using var other = new Session();
        string[] names = [.. Session.Get("(Get-HcsHost -All).Name").Select(n => (string)n.BaseObject)];
        Assert.Contains(Session.HostName, names);
        Assert.Contains(other.HostName, names);
    }

    [Fact]
    public void A_name_that_no_host_has_is_refused()
    {
        ErrorRecord error = Assert.Single(Session.Run("Get-HcsHost -HcsHost nowhere").Errors);
        Assert.Contains("There is no host 'nowhere'", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Connect-HcsHost", error.ToString(), StringComparison.Ordinal);
    }
}
