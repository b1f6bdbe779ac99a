using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

public sealed class StopHcsContainerTests(Session session) : SessionTests(session)
{
    [Fact]
    public void It_lets_the_processes_end_by_themselves()
    {
        using var folder = new TemporaryFolder();
        string said = Path.Combine(folder.Path, "said");
        dynamic container = Session.NewRunning();
        dynamic process = Session.StartProcess(
            container, "sh", "-c", $"trap 'echo bye >{said}; exit 7' TERM; echo >{said}.ready; while :; do sleep 0.05; done");
        Poll.Until(() => File.Exists(said + ".ready"), "the trap to be set");
        Session.Get("Stop-HcsContainer $c", ("c", container));
        Assert.Equal("bye\n", File.ReadAllText(said));
        Assert.Equal(7, (long)process.ExitCode);
        Assert.Equal("GracefulExit", (string)container.ExitStatus.ExitType);
        Assert.Equal("Stopped", (string)container.State);
        Assert.Null(Session.StateOf((string)container.Id));
    }

    [Fact]
    public void Force_ends_it_at_once()
    {
        dynamic container = Session.NewRunning();
        dynamic process = Session.StartProcess(container, "sh", "-c", "trap '' TERM; while :; do sleep 0.05; done");
        Session.Get("Stop-HcsContainer $c -Force", ("c", container));
        Assert.Equal("ForcedExit", (string)container.ExitStatus.ExitType);
        Assert.Equal(137, (long)process.ExitCode);
    }

    [Fact]
    public void What_does_not_end_in_its_time_is_ended()
    {
        dynamic container = Session.NewRunning();
        dynamic process = Session.Single(
            "Start-HcsProcess $c -CommandArg sh, -c, $s -CreateStdOutPipe",
            ("c", container),
            ("s", "trap '' TERM; while :; do sleep 0.05; done"));
        Poll.Until(() => Session.Get("Get-HcsProcess $c").Count > 1, "the script to run");
        ScriptResult result = Session.Run("Stop-HcsContainer $c -TimeoutSec 1 -Verbose").RequireNoErrors();
        Assert.Contains(result.Verbose, v => v.Contains("terminating it", StringComparison.Ordinal));
        Assert.Equal("ForcedExit", (string)container.ExitStatus.ExitType);
        Assert.Equal(137, (long)process.ExitCode);
    }

    [Fact]
    public void It_ends_the_whole_process_tree()
    {
        dynamic container = Session.NewRunning();
        string script = "sleep 100 & echo $!; setsid sh -c 'echo $$; exec sleep 100' & wait";
        using RunningScript running = Session.Begin(
            "Invoke-HcsProcess $c -CommandArg sh, -c, $s", ("c", container), ("s", script));
        running.WaitForOutput(2);
        int[] processes = [.. running.Output.Select(p => int.Parse((string)p.BaseObject, null))];
        Assert.All(processes, process => Assert.True(ProcessTable.IsAlive(process)));
        using var other = Session.WithoutHost();
        other.Get("Stop-HcsContainer $c -Force", ("c", container));
        Assert.All(processes, ProcessTable.WaitUntilGone);
        running.Wait();
    }

    [Fact]
    public void It_stops_by_id_and_by_pattern()
    {
        string prefix = Session.NewId();
        Session.Get("1..3 | ForEach-Object { New-HcsContainer \"$p-$_\" -Start }; Stop-HcsContainer \"$p-1\"", ("p", prefix));
        Assert.Null(Session.StateOf(prefix + "-1"));
        Session.Get("Stop-HcsContainer \"$p-*\"");
        Assert.Empty(Session.Get("Get-HcsContainer \"$p-*\""));
    }

    [Fact]
    public void It_ends_one_that_was_never_started()
    {
        dynamic container = Session.NewContainer();
        Session.Get("Stop-HcsContainer $c", ("c", container));
        Assert.Null(Session.StateOf((string)container.Id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Force")]
    [InlineData("-PassThru")]
    public void It_opens_a_container_it_does_not_hold_once(string parameters)
    {
        string id = Session.NewRunning().Id;
        (object host, CallCounter calls) = ServiceProxy.HostOf<CallCounter>(Session);
        Session.Get($"Stop-HcsContainer $id -HcsHost $h {parameters}", ("id", id), ("h", host));
        Assert.Null(Session.StateOf(id));
        Assert.Equal(1, calls.Of("OpenContainerAsync"));
    }

    [Fact]
    public void What_it_may_not_stop_it_does_not_keep_open()
    {
        string id = Session.NewId();
        Session.Get("New-HcsContainer $id -Owner docker -Start", ("id", id));
        (object host, _) = ServiceProxy.HostOf<CallCounter>(Session);
        Session.Run("Stop-HcsContainer $id -Force -HcsHost $h", ("h", host))
            .RequireError("HcsConfirmationRequired", ErrorCategory.OperationStopped);
        ScriptResult result = Session.Run("Close-HcsContainer $id -HcsHost $h -Verbose").RequireNoErrors();
        Assert.Contains(result.Verbose, v => v.Contains("holds no handle", StringComparison.Ordinal));
    }

    [Fact]
    public void PassThru_gives_the_container_with_its_exit_status()
    {
        dynamic container = Session.NewRunning();
        dynamic stopped = Session.Single("Stop-HcsContainer $id -PassThru", ("id", (string)container.Id));
        Assert.Equal("Stopped", (string)stopped.State);
        Assert.Equal("GracefulExit", (string)stopped.ExitStatus.ExitType);
    }

    [Fact]
    public void WhatIf_stops_nothing()
    {
        dynamic container = Session.NewRunning();
        Session.Get("Stop-HcsContainer $c -Force -WhatIf", ("c", container));
        Assert.Equal("Running", Session.StateOf((string)container.Id));
    }

    [Fact]
    public void Stopping_what_is_known_to_have_exited_is_no_error()
    {
        dynamic container = Session.NewRunning();
        Session.Get("Stop-HcsContainer $c", ("c", container));
        foreach (string again in new[] { "Stop-HcsContainer $c -Verbose", "Stop-HcsContainer $c.Id -Force -Verbose" })
        {
            ScriptResult result = Session.Run(again).RequireNoErrors();
            Assert.Contains(result.Verbose, v => v == $"container '{container.Id}' has already exited.");
        }
    }

    [Fact]
    public void An_id_never_seen_is_not_found_and_the_rest_are_stopped()
    {
        string[] good = [Session.NewRunning().Id, Session.NewRunning().Id];
        ScriptResult result = Session.Run("$good[0], 'never-seen', $good[1] | Stop-HcsContainer", ("good", good));
        ErrorRecord error = result.RequireError("HcsSystemNotFound", ErrorCategory.ObjectNotFound);
        Assert.Contains("'never-seen'", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Get-HcsContainer", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.All(good, id => Assert.Null(Session.StateOf(id)));
    }

    [Fact]
    public void Force_on_another_owners_container_is_refused_where_nobody_can_be_asked()
    {
        string[] ids = [.. Session.Get(
            "$i, $j | ForEach-Object { (New-HcsContainer $_ -Owner docker -Start).Id }",
            ("i", Session.NewId()),
            ("j", Session.NewId())).Select(id => (string)id.BaseObject)];
        ScriptResult result = Session.Run("Stop-HcsContainer $ids -Force; 'went on'", ("ids", ids));
        Assert.Equal("went on", result.Output.Single().BaseObject);
        Assert.Equal(ids, result.Errors.Select(e => (string)e.TargetObject));
        Assert.All(result.Errors, error =>
        {
            Assert.Equal("HcsConfirmationRequired", error.FullyQualifiedErrorId.Split(',')[0]);
            Assert.Equal(ErrorCategory.OperationStopped, error.CategoryInfo.Category);
            Assert.Contains("'docker'", error.ToString(), StringComparison.Ordinal);
            Assert.Contains("-Confirm:$false", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        });
        Assert.All(ids, id => Assert.Equal("Running", Session.StateOf(id)));
        Session.Get("Stop-HcsContainer $ids -Force -Confirm:$false");
        Assert.All(ids, id => Assert.Null(Session.StateOf(id)));
    }

    [Fact]
    public void Without_Force_another_owners_container_is_shut_down_unasked()
    {
        string id = Session.NewId();
        Session.Get("New-HcsContainer $id -Owner docker -Start | Stop-HcsContainer", ("id", id));
        Assert.Null(Session.StateOf(id));
    }

    [Theory]
    [InlineData("WSL")]
    [InlineData("wsl*")]
    public void What_another_owner_left_behind_is_ended_in_one_line(string owner)
    {
        string prefix = Session.NewId();
        Session.Get(
            """
            'WSL', 'docker' | ForEach-Object { New-HcsContainer "$p-$_" -Owner $_ -Start }
            New-HcsContainer "$p-own" -Start
            """,
            ("p", prefix));
        Session.Get($"Get-HcsContainer -Owner {owner} | Stop-HcsContainer -Force -Confirm:$false");
        Assert.Null(Session.StateOf(prefix + "-WSL"));
        Assert.Equal("Running", Session.StateOf(prefix + "-docker"));
        Assert.Equal("Running", Session.StateOf(prefix + "-own"));
    }
}
