using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Faults;

/// <summary>Tests the waiting commands with lost and late notifications, and with a service that goes away.</summary>
public sealed class NotificationTests(Session session) : FaultySession(session)
{
    [Theory]
    [InlineData("Create", "New-HcsContainer $id")]
    [InlineData("Start", "New-HcsContainer $id -Start")]
    [InlineData("Start", "$n | Start-HcsContainer")]
    [InlineData("Pause", "Suspend-HcsContainer $c")]
    [InlineData("Resume", "$null = Suspend-HcsContainer $c; Resume-HcsContainer $c")]
    [InlineData("CreateProcess", "Start-HcsProcess $c 'sleep 100'")]
    [InlineData("Wait", "$x = New-HcsContainer -Start; Stop-HcsContainer $x -Force -AsJob | Out-Null; $x | Wait-HcsContainer")]
    [InlineData("ProcessWait", "$x = Start-HcsProcess $c 'true'; $x | Wait-HcsProcess")]
    public void A_lost_notification_lets_the_wait_run_out(string operation, string command)
    {
        string id = Session.NewId();
        Session.Get("$n = New-HcsContainer", ("c", (object)Session.NewRunning()), ("id", id));
        Plan($"Operation = '{operation}'; LostNotification = $true");
        ScriptResult result = Session.Run(command + " -TimeoutSec 0");
        ErrorRecord error = result.RequireError("HcsOperationTimeout", ErrorCategory.OperationTimeout);
        Assert.Contains("-TimeoutSec", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Plan();

        // The module undoes a creation that was never reported, without telling the caller.
        Poll.Until(() => Session.StateOf(id) is null, "the container that was not heard of to go");
    }

    [Theory]
    [InlineData("Stop-HcsContainer $c -Force -PassThru", "ForcedExit")]
    [InlineData("Stop-HcsContainer $c -PassThru", "GracefulExit")]
    [InlineData("& { Stop-HcsContainer $c.Id -Force; $c }", "ForcedExit")]
    public void A_container_that_was_stopped_has_gone(string command, string exitType)
    {
        Plan("Operation = 'Wait'; LateNotificationSec = 0.5");
        Assert.Equal(exitType, Session.Single($"$c = New-HcsContainer -Start; ({command}).ExitStatus.ExitType"));
    }

    [Theory]
    [InlineData("Get-HcsStatistics $c -Continuous -IntervalSec 0.1")]
    [InlineData("Show-HcsStatistics $c -IntervalSec 0.1 6>&1")]
    public void Samples_end_with_the_container_when_its_exit_is_told_late(string command)
    {
        Plan("Operation = 'Wait'; LateNotificationSec = 2");
        dynamic container = Session.NewRunning();
        ScriptResult ended = Session.Run(
            $"$job = $null; {command} | ForEach-Object {{ $job ??= Stop-HcsContainer $c -AsJob }}; $job | Wait-Job | Receive-Job",
            ("c", (object)container));
        Assert.Empty(ended.Errors);
        Assert.True((bool)container.Stopped);
    }

    [Fact]
    public void A_late_exit_is_waited_for()
    {
        dynamic container = Session.NewRunning();
        Plan("Operation = 'ProcessWait'; LateNotificationSec = 1");
        dynamic result = Session.Single(
            "$p = Start-HcsProcess $c -CommandArg sh, -c, 'exit 3'; Wait-HcsProcess $p", ("c", container));
        Assert.Equal(3, (long)result.ExitCode);

        // The delay counts from the exit, which may come before the command has recorded the start.
        Assert.InRange((TimeSpan)result.Duration, TimeSpan.FromSeconds(0.5), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void A_disconnect_ends_every_wait_and_watch_and_later_calls_by_object_but_not_by_id()
    {
        Session.Get("$c = New-HcsContainer -Start; $p = Start-HcsProcess $c 'sleep 100'");
        Plan("Operation = 'Statistics'; Nth = 1; ServiceDisconnect = $true");
        using RunningScript waits = Session.Begin(
            "$j = @($c | Wait-HcsContainer -AsJob; $p | Wait-HcsProcess -AsJob); $j += Watch-HcsEvent $c -AsJob;"
            + " Get-HcsStatistics $c; $j | Wait-Job | Receive-Job");
        waits.Wait();
        Assert.Equal(4, waits.Errors.Count);
        Assert.All(waits.Errors, e => Assert.Equal("HcsServiceDisconnect", e.FullyQualifiedErrorId.Split(',')[0]));
        Assert.All(waits.Errors, e => Assert.Contains("0x8037011E", e.ToString(), StringComparison.Ordinal));
        Assert.Equal("ServiceDisconnect", (string)((dynamic)Assert.Single(waits.Output).BaseObject).Type);
        foreach (string command in new[] { "Suspend-HcsContainer $c", "Start-HcsProcess $c 'true'", "Stop-HcsProcess $p", "Wait-HcsContainer $c" })
        {
            Session.Run(command).RequireError("HcsServiceDisconnect", ErrorCategory.ConnectionError);
        }

        Session.Get("Stop-HcsProcess $c.Id $p.ProcessId; Suspend-HcsContainer $c.Id; Stop-HcsContainer (Get-HcsContainer $c.Id) -Force");
        Assert.Equal("ForcedExit", (string)Session.Single("Wait-HcsContainer $c.Id").ExitType);
    }

    [Fact]
    public void Disconnect_HcsHost_ends_waits_for_what_was_lost()
    {
        using var other = new Session();
        other.Get($"Connect-HcsHost -Embedded -Name {other.HostName} -FaultPlan @{{ Operation = 'Wait'; LostNotification = $true }}");
        using RunningScript waiting = other.Begin("$c = New-HcsContainer -Start; 'ready'; Wait-HcsContainer $c");
        waiting.WaitForOutput(1);
        Session.Get("Disconnect-HcsHost $h", ("h", other.HostName));
        waiting.Wait();
        Assert.Equal("HcsServiceDisconnect", Assert.Single(waiting.Errors).FullyQualifiedErrorId.Split(',')[0]);
    }
}
