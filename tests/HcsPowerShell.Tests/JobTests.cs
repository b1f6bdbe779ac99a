using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Contract;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>Tests that -AsJob returns a real PowerShell job, with one child for each target.</summary>
public sealed class JobTests(Session session) : SessionTests(session)
{
    [Fact]
    public void A_job_is_found_and_has_one_child_a_target()
    {
        object[] all = [Session.NewRunning(), Session.NewRunning()];
        var job = (Job)Session.Single("$all | Wait-HcsContainer -AsJob", ("all", all));
        Assert.Same(job, (object)Session.Single("Get-Job -Id $id", ("id", job.Id)));
        Assert.Equal("HcsJob", job.PSJobTypeName);
        Assert.Equal(all.Select(c => (string)((dynamic)c).Id), job.ChildJobs.Select(c => c.Name));
        Assert.Equal(JobState.Running, job.JobStateInfo.State);
        Session.Get("Stop-Job $j; Remove-Job $j", ("j", job));
    }

    [Fact]
    public void A_wait_job_ends_with_the_containers_and_gives_their_exit_status()
    {
        object[] all = [Session.NewRunning(), Session.NewRunning()];
        var job = (Job)Session.Single("Wait-HcsContainer $all -AsJob", ("all", all));
        IReadOnlyList<PSObject> received = Session.Get("Stop-HcsContainer $all -Force; Wait-Job $j | Receive-Job", ("j", job));
        Assert.Equal(2, received.Count);
        Assert.All(received, s => Assert.Equal("ForcedExit", (string)((dynamic)s.BaseObject).ExitType));
        Assert.Equal(JobState.Completed, job.JobStateInfo.State);
    }

    [Theory]
    [InlineData("$a, $b | Wait-HcsContainer -Any -AsJob", "Stop-HcsContainer $b -Force")]
    [InlineData("$p, $q | Wait-HcsProcess -Any -AsJob", "Stop-HcsProcess $q")]
    public void A_job_that_waits_for_any_ends_with_the_first(string wait, string end)
    {
        Session.Get("$a = New-HcsContainer -Start; $b = New-HcsContainer -Start");
        Session.Get("$p = Start-HcsProcess $a 'sleep 100'; $q = Start-HcsProcess $b 'sleep 100'");
        var job = (Job)Session.Single(wait);
        Session.Get(end);
        Poll.Until(() => job.JobStateInfo.State == JobState.Completed, "the job to complete");
        Assert.Equal((string)Session.Single("$b.Id"), (string)Session.Single("Receive-Job $j", ("j", job)).ContainerId);
        Assert.Equal("Running", (string)Session.Single("(Get-HcsContainer $a).State.ToString()"));
    }

    [Fact]
    public void What_cannot_be_waited_for_does_not_end_the_wait_for_any_other()
    {
        dynamic stays = Session.NewRunning();
        var job = (Job)Session.Single("'no-such', $c.Id | Wait-HcsContainer -Any -AsJob", ("c", stays));
        Poll.Until(() => job.ChildJobs[0].JobStateInfo.State == JobState.Failed, "the first child to fail");
        Assert.Equal(JobState.Running, job.ChildJobs[1].JobStateInfo.State);
        Session.Get("Remove-Job $j -Force", ("j", job));
    }

    [Fact]
    public void Output_arrives_while_the_job_runs()
    {
        dynamic stays = Session.NewRunning();
        dynamic goes = Session.NewRunning();
        var job = (Job)Session.Single("$a, $b | Wait-HcsContainer -AsJob", ("a", stays), ("b", goes));
        Session.Get("Stop-HcsContainer $b -Force");
        Poll.Until(() => job.ChildJobs[1].JobStateInfo.State == JobState.Completed, "the second child to complete");
        Assert.Equal((string)goes.Id, (string)Session.Single("Receive-Job $j", ("j", job)).ContainerId);
        Assert.Equal(JobState.Running, job.JobStateInfo.State);
        Session.Get("Remove-Job $j -Force");
    }

    [Fact]
    public void A_start_job_ends_when_the_process_has_started()
    {
        dynamic container = Session.NewRunning();
        dynamic process = Session.Single("Start-HcsProcess $c 'sleep 100' -AsJob | Wait-Job | Receive-Job", ("c", container));
        Assert.False((bool)process.HasExited);
        Assert.True(ProcessTable.IsAlive((int)(uint)process.ProcessId));
    }

    [Fact]
    public void A_failed_child_is_an_error_of_its_own_and_fails_no_sibling()
    {
        dynamic created = Session.NewContainer();
        dynamic running = Session.NewRunning();
        ScriptResult result = Session.Run(
            "$j = $a, $b | Start-HcsProcess -CommandLine 'sleep 100' -AsJob; $null = Wait-Job $j; Receive-Job $j",
            ("a", created), ("b", running));
        ErrorRecord error = result.RequireError("HcsInvalidState", ErrorCategory.InvalidOperation);
        Assert.Contains((string)created.Id, error.ToString(), StringComparison.Ordinal);
        Assert.Equal((string)running.Id, (string)((dynamic)Assert.Single(result.Output).BaseObject).ContainerId);
        var job = (Job)Session.Single("$j");
        Assert.Equal([JobState.Failed, JobState.Completed], job.ChildJobs.Select(c => c.JobStateInfo.State));
    }

    [Fact]
    public void Running_out_of_time_fails_the_child()
    {
        var job = (Job)Session.Single("$j = Wait-HcsContainer $c -TimeoutSec 0 -AsJob; Wait-Job $j", ("c", (object)Session.NewRunning()));
        Assert.Equal(JobState.Failed, job.ChildJobs[0].JobStateInfo.State);
        Session.Run("Receive-Job $j").RequireError("HcsOperationTimeout", ErrorCategory.OperationTimeout);
    }

    [Fact]
    public void What_cannot_be_found_is_a_failed_child_and_the_rest_goes_on()
    {
        dynamic container = Session.NewRunning();
        ScriptResult result = Session.Run("'missing', $c.Id | Wait-HcsContainer -AsJob", ("c", container));
        var job = (Job)Assert.Single(result.RequireNoErrors().Output).BaseObject;
        Assert.Equal(["missing", (string)container.Id], job.ChildJobs.Select(c => c.Name));
        Session.Get("Stop-HcsContainer $c; $null = Wait-Job $j", ("c", container), ("j", job));
        Assert.Equal([JobState.Failed, JobState.Completed], job.ChildJobs.Select(c => c.JobStateInfo.State));
        result = Session.Run("Receive-Job $j");
        result.RequireError("HcsSystemNotFound", ErrorCategory.ObjectNotFound);
        Assert.Single(result.Output);
        Session.Get("Remove-Job $j -Force");
    }

    [Fact]
    public void Receive_Job_waits_and_removes_the_job()
    {
        dynamic container = Session.NewRunning();
        dynamic process = Session.Single(
            "Invoke-HcsProcess $c 'sleep 0.3' -PassThru -AsJob | Receive-Job -Wait -AutoRemoveJob", ("c", container));
        Assert.Equal((string)container.Id, (string)process.ContainerId);
        Assert.Empty(Session.Get("Get-Job | Where-Object Command -like '*AutoRemoveJob*'"));
    }

    [Fact]
    public void Stop_Job_is_prompt_and_ends_only_the_waiting()
    {
        dynamic container = Session.NewRunning();
        var job = (Job)Session.Single("Wait-HcsContainer $c -AsJob", ("c", container));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Session.Get("Stop-Job $j", ("j", job));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Waits.Prompt);
        Assert.Equal(JobState.Stopped, job.JobStateInfo.State);
        Assert.Equal(JobState.Stopped, job.ChildJobs[0].JobStateInfo.State);
        Assert.Equal("Running", Session.StateOf((string)container.Id));
        Session.Get("Remove-Job $j");
        Assert.Empty(Session.Get("Get-Job | Where-Object Id -eq $j.Id"));
    }

    [Fact]
    public void Stop_Job_ends_a_process_the_job_runs_to_its_end()
    {
        dynamic container = Session.NewRunning();
        var job = (Job)Session.Single("Invoke-HcsProcess $c -CommandArg sh, -c, 'echo on; exec sleep 100' -AsJob", ("c", container));
        Poll.Until(() => job.ChildJobs[0].Output.Count > 0, "the first line");
        Session.Get("Stop-Job $j", ("j", job));
        Assert.Empty(Session.Get("Get-HcsProcess $c"));
    }

    [Fact]
    public void Remove_Job_with_Force_ends_the_waiting()
    {
        dynamic container = Session.NewRunning();
        Session.Get("Wait-HcsContainer $c -AsJob | Remove-Job -Force", ("c", container));
        Assert.Equal("Running", Session.StateOf((string)container.Id));
    }

    [Theory]
    [InlineData("Start-HcsProcess $c 'sleep 100'")]
    [InlineData("Invoke-HcsProcess $c 'sleep 100'")]
    [InlineData("Stop-HcsContainer $c")]
    [InlineData("Suspend-HcsContainer $c")]
    [InlineData("New-HcsContainer new")]
    public void There_is_no_job_under_WhatIf(string command)
    {
        dynamic container = Session.NewRunning();
        int before = Session.Get("Get-Job").Count;
        Assert.Empty(Session.Get(command + " -AsJob -WhatIf", ("c", container)));
        Assert.Equal(before, Session.Get("Get-Job").Count);
        Assert.Equal("Running", Session.StateOf((string)container.Id));
    }

    [Theory]
    [InlineData("Start-HcsContainer", "Created", "Running")]
    [InlineData("Stop-HcsContainer", "Running", null)]
    [InlineData("Suspend-HcsContainer", "Running", "Paused")]
    public void A_change_runs_in_the_background_too(string command, string state, string? left)
    {
        dynamic container = state == "Created" ? Session.NewContainer() : Session.NewRunning();
        var job = (Job)Session.Single($"$c | {command} -AsJob | Wait-Job", ("c", container));
        Assert.Equal(JobState.Completed, job.JobStateInfo.State);
        Assert.Equal(left, Session.StateOf((string)container.Id));
    }

    [Fact]
    public void Many_targets_are_one_job()
    {
        string prefix = Session.NewId();
        var job = (Job)Session.Single(
            "$all = 1..50 | ForEach-Object { New-HcsContainer \"$p-$_\" -Start }; $all | Wait-HcsContainer -AsJob", ("p", prefix));
        Assert.Equal(50, job.ChildJobs.Count);
        Assert.Equal(50, Session.Get("$all | Stop-HcsContainer -Force; Wait-Job $j | Receive-Job", ("j", job)).Count);
    }
}
