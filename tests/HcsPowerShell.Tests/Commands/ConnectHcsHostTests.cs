using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

public sealed class ConnectHcsHostTests(Session session) : SessionTests(session)
{
    [Fact]
    public void It_makes_a_host_and_chooses_it_for_this_runspace_alone()
    {
        using var other = new Session();
        string name = Session.NewId();
        Assert.Equal(name, (string)other.Connect($"-Name {name}").Name);
        Assert.Equal(name, (string)other.Single("Get-HcsHost").Name);
        Assert.Equal(Session.HostName, (string)Session.Single("Get-HcsHost").Name);
        other.Get($"Disconnect-HcsHost {name}");
    }

    [Fact]
    public void A_name_that_exists_is_the_same_host_with_its_containers()
    {
        string id = Session.NewContainer().Id;
        using var other = new Session();
        other.Get("Connect-HcsHost -Embedded -Name $n", ("n", Session.HostName));
        Assert.Equal("Created", other.StateOf(id));
    }

    [Fact]
    public void WhatIf_makes_and_chooses_nothing()
    {
        string name = Session.NewId();
        Session.Get("Connect-HcsHost -Embedded -Name $n -WhatIf", ("n", name));
        Assert.Equal(Session.HostName, (string)Session.Single("Get-HcsHost").Name);
        Assert.DoesNotContain(name, Session.Get("(Get-HcsHost -All).Name").Select(n => (string)n.BaseObject));
    }

    [Fact]
    public void Where_there_is_no_local_service_the_choice_stays_and_nothing_stays_behind()
    {
        ErrorRecord error = Session.Run("Connect-HcsHost -Local").RequireError("HcsNotInstalled", ErrorCategory.NotInstalled);
        Assert.Contains("'local'", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Containers", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("Connect-HcsHost -Embedded", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(Session.HostName, (string)Session.Single("Get-HcsHost").Name);
        Assert.DoesNotContain("local", Session.Get("(Get-HcsHost -All).Name").Select(n => (string)n.BaseObject));
    }

    [Fact]
    public void Two_hosts_keep_their_containers_apart()
    {
        using var other = new Session();
        string id = Session.NewContainer().Id;
        other.Get("New-HcsContainer $id -Start", ("id", id));
        Assert.Equal("Created", Session.StateOf(id));
        Assert.Equal("Running", other.StateOf(id));
        Assert.Equal("Running", (string)Session.Single("Get-HcsContainer $id -HcsHost $h", ("id", id), ("h", other.HostName)).State);
    }
}
