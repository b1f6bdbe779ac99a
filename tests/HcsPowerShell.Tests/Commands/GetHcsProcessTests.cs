using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

public sealed class GetHcsProcessTests(Session session) : SessionTests(session)
{
    [Fact]
    public void It_lists_the_processes_of_a_container_and_of_no_other()
    {
        dynamic container = Session.NewRunning();
        uint[] started = [Session.StartProcess(container, "sleep", "100").ProcessId, Session.StartProcess(container, "sleep", "99").ProcessId];
        Session.StartProcess(Session.NewRunning(), "sleep", "100");
        Assert.Equal(started.Order(), Ids("$c | Get-HcsProcess", ("c", container)).Order());
        Assert.Equal(started.Order(), Ids("Get-HcsProcess $c.Id").Order());
    }

    [Fact]
    public void It_lists_children_that_the_container_started_itself()
    {
        dynamic container = Session.NewRunning();
        Session.StartProcess(container, "sh", "-c", "sleep 100 & setsid sleep 99 & wait");
        Poll.Until(
            () => Session.Get("(Get-HcsProcess $c).ImageName", ("c", (object)container)).Count(n => (string?)n.BaseObject == "sleep") == 2,
            "both children to be listed");
    }

    [Fact]
    public void A_listed_process_tells_what_the_system_knows()
    {
        dynamic container = Session.NewRunning();
        uint id = Session.StartProcess(container, "sh", "-c", "while :; do :; done").ProcessId;
        Poll.Until(
            () => (TimeSpan?)Session.Single("Get-HcsProcess $c", ("c", (object)container)).UserTime > TimeSpan.Zero, "processor time");
        dynamic process = Session.Single("Get-HcsProcess $c");
        Assert.Equal(id, (uint)process.ProcessId);
        Assert.Equal("sh", (string)process.ImageName);
        Assert.InRange((DateTimeOffset)process.StartTime, DateTimeOffset.Now.AddMinutes(-5), DateTimeOffset.Now.AddSeconds(5));
        Assert.True((ulong)process.MemoryCommitBytes > 0);
        Assert.Contains("\"ProcessId\":", Session.DocumentOf((object)process), StringComparison.Ordinal);
        Session.Get("Stop-HcsContainer $c -Force");
    }

    [Fact]
    public void It_finds_one_by_id_and_says_which_it_did_not_find()
    {
        dynamic container = Session.NewRunning();
        uint id = Session.StartProcess(container, "sleep", "100").ProcessId;
        ScriptResult result = Session.Run("Get-HcsProcess $c -ProcessId $id, 4000000000", ("c", container), ("id", id));
        Assert.Equal(id, (uint)((dynamic)Assert.Single(result.Output).BaseObject).ProcessId);
        ErrorRecord error = result.RequireError("HcsElementNotFound", ErrorCategory.ObjectNotFound);
        Assert.Contains("4000000000", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_piped_process_comes_back_as_it_is_now()
    {
        dynamic process = Session.StartProcess(Session.NewRunning(), "sleep", "100");
        foreach (object piped in new object[] { process, Deserialized(process) })
        {
            dynamic now = Session.Single("$p | Get-HcsProcess", ("p", piped));
            Assert.Equal((uint)process.ProcessId, (uint)now.ProcessId);
            Assert.NotNull((TimeSpan?)now.UserTime);
        }
    }

    [Fact]
    public void A_container_without_processes_has_none_and_no_error()
    {
        Assert.Empty(Session.Get("Get-HcsProcess $c", ("c", (object)Session.NewRunning())));
        Assert.Empty(Session.Get("Get-HcsProcess $c", ("c", (object)Session.NewContainer())));
    }

    [Fact]
    public void One_bad_target_is_one_error_and_the_rest_are_listed()
    {
        dynamic container = Session.NewRunning();
        Session.StartProcess(container, "sleep", "100");
        ScriptResult result = Session.Run("'missing', $c.Id | Get-HcsProcess", ("c", container));
        result.RequireError("HcsSystemNotFound", ErrorCategory.ObjectNotFound);
        Assert.Single(result.Output);
    }

    private uint[] Ids(string script, params (string Name, object? Value)[] variables) =>
        [.. Session.Get(script, variables).Select(p => (uint)((dynamic)p.BaseObject).ProcessId)];
}
