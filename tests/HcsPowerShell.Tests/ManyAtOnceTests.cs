using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Contract;
using HcsPowerShell.Tests.Engine;
using HcsPowerShell.Tests.Faults;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>Tests commands that act on many targets at once.</summary>
public sealed class ManyAtOnceTests(Session session) : FaultySession(session)
{
    private const string Running = "$all = 1..4 | ForEach-Object { New-HcsContainer -Start }; ";
    private const string Created = "$all = 1..4 | ForEach-Object { New-HcsContainer }; ";
    private const string Processes =
        "$c = New-HcsContainer -Start; $all = 1..4 | ForEach-Object { Start-HcsProcess $c 'sleep 100' }; ";

    [Theory]
    [InlineData(Running, "PauseAsync", "Suspend-HcsContainer $all", 4)]
    [InlineData(Running, "PauseAsync", "$all | Suspend-HcsContainer", 4)]
    [InlineData(Running, "PauseAsync", "Suspend-HcsContainer $all -ThrottleLimit 2", 2)]
    [InlineData(Running, "PauseAsync", "Suspend-HcsContainer $all -ThrottleLimit 1", 1)]
    [InlineData(Running, "PauseAsync", "Suspend-HcsContainer $all -AsJob | Wait-Job", 4)]
    [InlineData(Running, "PauseAsync", "Suspend-HcsContainer $all -AsJob -ThrottleLimit 2 | Wait-Job", 2)]
    [InlineData(Running, "ShutdownAsync", "Stop-HcsContainer $all", 4)]
    [InlineData(Running, "TerminateAsync", "$all.Id | Stop-HcsContainer -Force", 4)]
    [InlineData(Running, "ShutdownAsync", "Stop-HcsContainer $all -AsJob | Wait-Job", 4)]
    [InlineData(Running + "Suspend-HcsContainer $all", "ResumeAsync", "$all | Resume-HcsContainer", 4)]
    [InlineData(Created, "StartAsync", "Start-HcsContainer $all", 1)]
    [InlineData(Created, "StartAsync", "$all | Start-HcsContainer -ThrottleLimit 4", 4)]
    [InlineData(Created, "StartAsync", "Start-HcsContainer $all -AsJob | Wait-Job", 1)]
    [InlineData(Created, "StartAsync", "Start-HcsContainer $all -ThrottleLimit 4 -AsJob | Wait-Job", 4)]
    [InlineData(Processes, "KillAsync", "$all | Stop-HcsProcess", 4)]
    [InlineData(Processes, "KillAsync", "$all | Stop-HcsProcess -ThrottleLimit 2", 2)]
    public void So_many_are_acted_on_at_once(string before, string call, string command, int most)
    {
        Session.Get(before);
        using CallsAtOnce calls = new(Session, call, most);
        Session.Get(command);
        Assert.Equal(most, calls.Most);
    }

    [Theory]
    [InlineData("$all | Start-HcsContainer -ErrorAction Stop")]
    [InlineData("Start-HcsContainer $all -ErrorAction Stop")]
    public void One_that_may_need_another_is_not_started_before_it(string command)
    {
        Session.Get(Created);
        Plan("Operation = 'Start'; Nth = 1; HResult = '0x80004005'");
        Assert.Single(Session.Run(command).Errors);
        Assert.All(Session.Get("$all.Id"), id => Assert.Equal("Created", Session.StateOf((string)id.BaseObject)));
    }

    [Theory]
    [InlineData("Suspend-HcsContainer $c, $c -PassThru")]
    [InlineData("$c, $c.Id, $c.Id.ToUpper() | Suspend-HcsContainer -PassThru")]
    [InlineData("$c, (Get-HcsContainer $c.Id) | Stop-HcsContainer -PassThru")]
    [InlineData("& { $c; Start-Sleep 1; $c } | Stop-HcsContainer -PassThru")]
    [InlineData("$p, $p | Stop-HcsProcess -PassThru")]
    [InlineData("Stop-HcsProcess $c.Id $p.ProcessId, $p.ProcessId -PassThru")]
    public void One_that_is_named_twice_is_acted_on_once(string command)
    {
        Session.Get("$c = New-HcsContainer -Start; $p = Start-HcsProcess $c 'sleep 100'");
        Assert.Single(Session.Get(command));
    }

    [Fact]
    public void The_object_of_one_that_has_ended_does_not_hide_who_has_its_id_now()
    {
        string id = Session.NewId();
        Session.Get(
            "$old = New-HcsContainer $id -Start; Stop-HcsContainer $old; $new = New-HcsContainer $id -Start", ("id", id));
        Assert.Equal(2, Session.Get("$old, $new | Stop-HcsContainer -PassThru").Count);
        Assert.Null(Session.StateOf(id));
    }

    [Fact]
    public void Objects_come_in_the_order_of_the_input_and_errors_as_they_occur()
    {
        Session.Get("$slow = New-HcsContainer -Start; $fast = New-HcsContainer -Start");
        Plan("Operation = 'Pause'; Nth = 1; DelaySec = 5");
        using RunningScript running = Session.Begin("$slow, 'nobody', $fast | Suspend-HcsContainer -PassThru 2>&1");
        running.WaitForOutput(1);
        Assert.False(running.HasEnded);
        Assert.Contains("'nobody'", running.Output[0].ToString(), StringComparison.Ordinal);
        running.Wait();
        Assert.Equal(
            Session.Get("$slow.Id, $fast.Id").Select(id => id.ToString()),
            running.Output.Skip(1).Select(container => container.ToString()));
    }

    [Fact]
    public void Nothing_new_begins_after_an_error_that_stops_and_the_error_names_what_goes_on()
    {
        Session.Get("$slow = New-HcsContainer -Start; $later = New-HcsContainer -Start");
        Plan("Operation = 'Pause'; LostNotification = $true");
        var clock = Stopwatch.StartNew();
        ScriptResult result = Session.Run(
            "& { $slow; 'nobody'; Start-Sleep 1; $later } | Suspend-HcsContainer -ErrorAction Stop");
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Waits.Prompt);
        ErrorRecord error = result.RequireError("HcsSystemNotFound", ErrorCategory.ObjectNotFound);
        string slow = (string)Session.Single("$slow.Id");
        Assert.EndsWith($"goes on and is not waited for: {slow}.", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("Running", Session.StateOf((string)Session.Single("$later.Id")));
        Poll.Until(() => Session.StateOf(slow) == "Paused", "the pause that goes on");
    }

    [Fact]
    public void A_consumer_that_has_enough_does_not_wait_for_the_others()
    {
        Session.Get("$fast = New-HcsContainer -Start; $slow = New-HcsContainer -Start");
        Plan("Operation = 'Pause'; Nth = 2; LostNotification = $true");
        var clock = Stopwatch.StartNew();
        Assert.Single(Session.Get("Suspend-HcsContainer $fast, $slow -PassThru | Select-Object -First 1"));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Waits.Prompt);
    }

    [Fact]
    public void A_child_of_a_job_that_is_stopped_before_its_turn_leaves_it_to_the_next()
    {
        Session.Get(Running);
        Plan("Operation = 'Pause'; Nth = 1; DelaySec = 1");
        Session.Get("$job = Suspend-HcsContainer $all -AsJob -ThrottleLimit 1");
        Session.Get("Stop-Job $job.ChildJobs[1]; $null = Wait-Job $job");
        Assert.Equal(
            ["Completed", "Stopped", "Completed", "Completed"],
            Session.Get("$job.ChildJobs.State").Select(state => state.ToString()));
    }
}
