using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

public sealed class GetHcsContainerTests(Session session) : SessionTests(session)
{
    [Fact]
    public void Without_arguments_it_lists_every_container()
    {
        string[] ids = [Session.NewContainer().Id, Session.NewRunning().Id];
        string[] listed = Ids("Get-HcsContainer");
        Assert.All(ids, id => Assert.Contains(id, listed));
    }

    [Fact]
    public void It_finds_by_id_whatever_the_case()
    {
        string id = Session.NewContainer().Id;
        Assert.Equal([id], Ids("Get-HcsContainer $id", ("id", id.ToUpperInvariant())));
    }

    [Fact]
    public void It_finds_by_a_pattern_and_a_pattern_that_matches_nothing_is_no_error()
    {
        string prefix = Session.NewId();
        Session.Get("'1', '2' | ForEach-Object { New-HcsContainer \"$p-$_\" }", ("p", prefix));
        Assert.Equal([prefix + "-1", prefix + "-2"], Ids("Get-HcsContainer \"$p-*\"").Order());
        Assert.Equal([prefix + "-2"], Ids("Get-HcsContainer \"$p-[2-9]\""));
        Assert.Empty(Ids("Get-HcsContainer \"$p-x*\""));
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("*")]
    [InlineData("[")]
    public void An_id_that_holds_a_wildcard_is_tried_as_it_is_first(string ending)
    {
        string id = Session.NewId() + ending;
        Session.Get("New-HcsContainer $id; New-HcsContainer $other", ("id", id), ("other", id.Replace(ending, "1", StringComparison.Ordinal)));
        Assert.Equal([id], Ids("Get-HcsContainer $id"));
    }

    [Fact]
    public void It_finds_by_name()
    {
        string id = Session.NewId();
        Session.Get("""New-HcsContainer -Id $id -AdditionalJson "{'Name':'name of $id'}".Replace("'", '"')""", ("id", id));
        Assert.Equal([id], Ids("Get-HcsContainer -Name \"name of $id\""));
        Assert.Equal([id], Ids("Get-HcsContainer -Name \"name of $($id.Substring(0, 6))*\""));
    }

    [Fact]
    public void It_filters_by_owner_type_and_state()
    {
        string owner = Session.NewId();
        Session.Get(
            "New-HcsContainer \"$o-1\" -Owner $o; New-HcsContainer \"$o-2\" -Owner $o -Start; New-HcsContainer \"$o-3\"",
            ("o", owner));
        Assert.Equal([owner + "-1", owner + "-2"], Ids("Get-HcsContainer -Owner $o").Order());
        Assert.Equal([owner + "-2"], Ids("Get-HcsContainer -Owner $o -State Running"));
        Assert.Equal([owner + "-1"], Ids("Get-HcsContainer \"$o*\" -Owner \"$($o.Substring(0, 5))*\" -State Created"));
        Assert.Equal(2, Ids("Get-HcsContainer -Owner $o -Type Container").Length);
        Assert.Empty(Ids("Get-HcsContainer -Owner $o -Type VirtualMachine"));
    }

    [Fact]
    public void A_piped_container_comes_back_in_its_present_state()
    {
        dynamic container = Session.NewContainer();
        Session.Get("Start-HcsContainer $id", ("id", (string)container.Id));
        Assert.Equal("Created", (string)container.State);
        Assert.Equal("Running", (string)Session.Single("$c | Get-HcsContainer", ("c", container)).State);
    }

    [Fact]
    public void A_container_that_has_exited_is_not_found_any_more()
    {
        dynamic container = Session.NewRunning();
        Session.Get("Stop-HcsContainer $c -Force", ("c", container));
        Session.Run("Get-HcsContainer $c", ("c", container))
            .RequireError("HcsSystemNotFound", ErrorCategory.ObjectNotFound);
    }

    [Fact]
    public void It_holds_nothing()
    {
        dynamic container = Session.Single(
            "New-HcsContainer $id -Start -TerminateOnLastHandleClosed", ("id", Session.NewId()));
        Session.Get("1..20 | ForEach-Object { Get-HcsContainer $id }", ("id", (string)container.Id));
        Assert.Equal("Running", Session.StateOf((string)container.Id));
    }

    [Fact]
    public void It_tells_what_the_in_box_tools_tell()
    {
        (object host, GivenSystem service) = ServiceProxy.HostOf<GivenSystem>(Session);
        service.Listing = """
            [
              {"Id":"p","SystemType":"Container","RuntimeOsType":"Windows","Name":"n","Owner":"docker","State":"Running"},
              {"Id":"h","SystemType":"Container","Owner":"docker","RuntimeId":"2a0a7d9b-0000-0000-0000-000000000000",
               "RuntimeTemplateId":"3a0a7d9b-0000-0000-0000-000000000000","RuntimeImagePath":"C:\\uvm","State":"Created"},
              {"Id":"t","SystemType":"VirtualMachine","Owner":"CmService","State":"SavedAsTemplate"},
              {"Id":"o","SystemType":"VirtualMachine","Owner":"CmService","IsRuntimeTemplate":true},
              {"Id":"w","SystemType":"VirtualMachine","Owner":"WSL","RuntimeId":"00000000-0000-0000-0000-000000000000",
               "Stopped":true,"ExitType":"UnexpectedExit"}
            ]
            """;
        Assert.Equal(
            [
                "p|n|docker|Container|Process|Windows||||False|Running|False|",
                "h||docker|Container|HyperV||2a0a7d9b-0000-0000-0000-000000000000|3a0a7d9b-0000-0000-0000-000000000000|C:\\uvm|False|Created|False|",
                "t||CmService|VirtualMachine||||||True|SavedAsTemplate|False|",
                "o||CmService|VirtualMachine||||||True||False|",
                "w||WSL|VirtualMachine||||||False||True|UnexpectedExit",
            ],
            Session.Get(
                """
                Get-HcsContainer -HcsHost $h | ForEach-Object {
                    $_.Id, $_.Name, $_.Owner, $_.Type, $_.Isolation, $_.RuntimeOsType, $_.RuntimeId, $_.RuntimeTemplateId,
                    $_.RuntimeImagePath, $_.IsTemplate, $_.State, $_.Stopped, $_.ExitType -join '|'
                }
                """,
                ("h", host)).Select(line => (string)line.BaseObject));
    }

    [Fact]
    public void A_container_that_has_exited_says_how()
    {
        dynamic container = Session.NewRunning();
        Assert.False((bool)container.Stopped);
        Session.Get("Stop-HcsContainer $c -Force", ("c", container));
        Assert.True((bool)container.Stopped);
        Assert.Equal("ForcedExit", (string)container.ExitType);
    }

    private string[] Ids(string script, params (string Name, object? Value)[] variables) =>
        [.. Session.Get(script, variables).Select(c => (string)((dynamic)c.BaseObject).Id)];

    [Fact]
    public void Containers_compare_by_identity()
    {
        Session.Get("$a, $b = 'b', 'a' | ForEach-Object { New-HcsContainer ($id + $_) -Start }", ("id", Session.NewId()));
        Assert.Equal([true, false, true, true], Session.Get("""
            @($a, $b) -contains (Get-HcsContainer $a.Id.ToUpper())
            $a -eq $b
            $a -eq (Get-HcsContainer $a)
            [System.Collections.Generic.HashSet[object]]::new([object[]] @($a, (Get-HcsContainer $a))).Count -eq 1
            """).Select(o => (bool)o.BaseObject));
        Assert.Empty(Session.Get("Compare-Object @($a, $b) @(Get-HcsContainer $b.Id, $a.Id)"));
        Assert.Equal("<=", Session.Single("(Compare-Object @($a, $b) @($b)).SideIndicator"));
        Assert.Equal((string)Session.Single("$b.Id"), Session.Single("($a, $b | Sort-Object)[0].Id"));
        Assert.Equal(2, Session.Get("$a, $b, (Get-HcsContainer $a) | Sort-Object -Unique").Count);
    }

    [Fact]
    public void One_id_on_two_hosts_is_two_containers()
    {
        using var other = new Session();
        string id = Session.NewId();
        object there = other.Single("New-HcsContainer $id", ("id", id));
        Session.Get("$here = New-HcsContainer $id", ("id", id), ("there", there));
        Assert.Equal(false, Session.Single("$here -eq $there"));
        Assert.Equal(2, Session.Get("$here, $there | Sort-Object -Unique").Count);
    }
}
