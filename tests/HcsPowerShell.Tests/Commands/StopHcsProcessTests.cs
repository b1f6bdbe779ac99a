using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

public sealed class StopHcsProcessTests(Session session) : SessionTests(session)
{
    [Fact]
    public void It_kills_a_process_and_leaves_the_container_running()
    {
        dynamic container = Session.NewRunning();
        dynamic process = Session.StartProcess(container, "sh", "-c", "trap '' TERM; while :; do sleep 0.05; done");
        Assert.Empty(Session.Get("$p | Stop-HcsProcess", ("p", process)));
        Assert.True((bool)process.HasExited);
        Assert.Equal(137, (long)process.ExitCode);
        Assert.Equal("Running", Session.StateOf((string)container.Id));
    }

    [Fact]
    public void It_takes_ids_and_gives_the_process_with_PassThru()
    {
        dynamic process = Session.StartProcess(Session.NewRunning(), "sleep", "100");
        dynamic stopped = Session.Single(
            "Stop-HcsProcess -ContainerId $p.ContainerId -ProcessId $p.ProcessId -PassThru", ("p", process));
        Assert.Equal(137, (long)stopped.ExitCode);
        ProcessTable.WaitUntilGone((int)(uint)process.ProcessId);
    }

    [Fact]
    public void A_process_from_another_session_is_stopped_by_its_ids()
    {
        dynamic process = Session.StartProcess(Session.NewRunning(), "sleep", "100");
        Session.Get("$p | Stop-HcsProcess", ("p", Deserialized(process)));
        ProcessTable.WaitUntilGone((int)(uint)process.ProcessId);
    }

    [Fact]
    public void WhatIf_stops_nothing()
    {
        dynamic process = Session.StartProcess(Session.NewRunning(), "sleep", "100");
        Session.Get("Stop-HcsProcess $p -WhatIf", ("p", process));
        Assert.True(ProcessTable.IsAlive((int)(uint)process.ProcessId));
    }

    [Fact]
    public void Stopping_what_is_known_to_have_exited_is_no_error()
    {
        dynamic process = Session.StartProcess(Session.NewRunning(), "true");
        Poll.Until(() => (bool)process.HasExited, "the process to exit");
        ScriptResult result = Session.Run("Stop-HcsProcess $p -Verbose; Stop-HcsProcess $p", ("p", process)).RequireNoErrors();
        Assert.Contains(result.Verbose, v => v.EndsWith("has already exited.", StringComparison.Ordinal));
        Assert.Equal(0, (long)process.ExitCode);
    }

    [Fact]
    public void One_bad_target_is_one_error_and_the_rest_are_stopped()
    {
        dynamic container = Session.NewRunning();
        uint[] good = [Session.StartProcess(container, "sleep", "100").ProcessId, Session.StartProcess(container, "sleep", "99").ProcessId];
        ScriptResult result = Session.Run(
            "Stop-HcsProcess $c.Id $g[0], 4000000000, $g[1]", ("c", container), ("g", good));
        ErrorRecord error = result.RequireError("HcsElementNotFound", ErrorCategory.ObjectNotFound);
        Assert.Contains($"Cannot stop process 4000000000 of container '{container.Id}'", error.ToString(), StringComparison.Ordinal);
        Assert.All(good, id => ProcessTable.WaitUntilGone((int)id));
    }

    [Fact]
    public void AsJob_stops_in_the_background()
    {
        dynamic process = Session.StartProcess(Session.NewRunning(), "sleep", "100");
        Assert.Equal(137, (long)Session.Single("Stop-HcsProcess $p -AsJob -PassThru | Wait-Job | Receive-Job", ("p", process)).ExitCode);
    }
}
