using System;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Completion;

/// <summary>Tests the completion of ids, names and owners of containers.</summary>
public sealed class ContainerCompletionTests(Session session) : CompletingTests(session)
{
    [Theory]
    [InlineData("Stop-HcsContainer {0}")]
    [InlineData("Stop-HcsContainer -Id {0}")]
    [InlineData("Stop-HcsContainer -Id:{0}")]
    [InlineData("Stop-HcsContainer -ContainerId other, {0}")]
    [InlineData("Get-HcsContainer {0}")]
    [InlineData("Get-HcsContainer other, {0}")]
    [InlineData("Get-HcsContainer {0}^ -Verbose")]
    [InlineData("Start-HcsProcess {0}")]
    [InlineData("Start-HcsProcess {0}^ -CommandLine ls")]
    [InlineData("Invoke-HcsProcess -Id {0}")]
    [InlineData("Enter-HcsContainer {0}")]
    [InlineData("Stop-HcsProcess {0}")]
    [InlineData("Stop-HcsProcess -ContainerId {0}")]
    [InlineData("Send-HcsProcessInput {0}")]
    [InlineData("New-HcsContainer x -NetworkSharedContainerName {0}")]
    [InlineData("Get-HcsContainer | Stop-HcsContainer {0}")]
    [InlineData("'ls' | Invoke-HcsProcess {0}")]
    [InlineData("if ($true) {{ Stop-HcsContainer {0}")]
    public void An_id_by_its_beginning_in_any_case_with_owner_and_state(string line)
    {
        string id = Session.NewRunning().Id;
        CompletionResult offer = Assert.Single(Complete(string.Format(null, line, id[..6].ToUpperInvariant())));
        Assert.Equal(id, offer.CompletionText);
        Assert.Equal("Container Running, HcsPowerShell", offer.ToolTip);
    }

    /// <summary>The embedded host gives a container its id as name; another service may not.</summary>
    [Fact]
    public void An_id_by_the_name_of_its_container()
    {
        (object host, GivenSystem service) = ServiceProxy.HostOf<GivenSystem>(Session);
        service.Listing = """[{ "Id": "7f3c", "Name": "shop", "SystemType": "Container", "State": "Running", "Owner": "me" }]""";
        Session.Runspace.SessionStateProxy.SetVariable("h", host);
        CompletionResult offer = Assert.Single(Complete("Stop-HcsContainer -HcsHost $h -Id sh"));
        Assert.Equal("7f3c", offer.CompletionText);
        Assert.Equal("shop: Container Running, me", offer.ToolTip);
        Assert.Equal("shop", Assert.Single(Complete("Get-HcsContainer -HcsHost $h -Name s")).CompletionText);
    }

    [Theory]
    [InlineData("Stop-HcsContainer ")]
    [InlineData("Stop-HcsContainer -Id ")]
    [InlineData("Get-HcsContainer other, ")]
    [InlineData("Get-HcsContainer ^ -Verbose")]
    [InlineData("Get-HcsStatistics -ContainerId other, ")]
    [InlineData("Stop-HcsProcess ")]
    [InlineData("Send-HcsProcessInput ")]
    public void All_ids_before_anything_is_typed(string line)
    {
        using var own = new Session();
        string[] ids = [own.NewContainer().Id, own.NewContainer().Id];
        Assert.Equal(ids.Order(), Complete(line, own).Select(offer => offer.CompletionText));
    }

    [Theory]
    [InlineData("Stop-HcsContainer -Container ")]
    [InlineData("Stop-HcsContainer -Container {0}")]
    [InlineData("Stop-HcsProcess -Process {0}")]
    public void No_id_where_an_object_is_wanted(string line)
    {
        string id = Session.NewContainer().Id;
        Assert.Empty(Offered(string.Format(null, line, id)));
    }

    [Fact]
    public void The_containers_are_those_of_the_host_that_is_named()
    {
        using var other = new Session();
        string id = other.NewContainer().Id;
        Assert.Empty(Offered("Get-HcsContainer -Id " + id));
        Assert.Equal(id, Assert.Single(Complete($"Get-HcsContainer -HcsHost {other.HostName} {id}")).CompletionText);
        Assert.Equal(id, Assert.Single(Complete($"Get-HcsContainer {id}^ -HcsHost {other.HostName}")).CompletionText);
        Session.Get("$h = Get-HcsHost -All | Where-Object Name -eq $n", ("n", other.HostName));
        Assert.Equal(id, Assert.Single(Complete("Get-HcsContainer -HcsHost $h -Id " + id)).CompletionText);
        Assert.Empty(Offered("Get-HcsContainer -HcsHost nowhere -Id " + id));
    }

    [Theory]
    [InlineData("Get-HcsContainer -Owner ")]
    [InlineData("New-HcsContainer -Owner ")]
    public void Owners_once_each(string line)
    {
        string owner = "o-" + Session.NewId();
        string[] ids = [Session.NewId(), Session.NewId()];
        Session.Get("$ids | ForEach-Object { New-HcsContainer $_ -Owner $o }", ("ids", ids), ("o", owner));
        CompletionResult offer = Assert.Single(Complete(line + owner[..6]));
        Assert.Equal(owner, offer.CompletionText);
        Assert.All(ids, id => Assert.Contains(id + " Created", offer.ToolTip, StringComparison.Ordinal));
    }
}
