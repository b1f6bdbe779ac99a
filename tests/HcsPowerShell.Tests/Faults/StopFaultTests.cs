using System;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Contract;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Faults;

/// <summary>Tests commands that end something on a service that answers late or not at all.</summary>
public sealed class StopFaultTests(Session session) : FaultySession(session)
{
    [Theory]
    [InlineData("Shutdown", "LostNotification = $true", "Stop-HcsContainer $c", "GracefulExit")]
    [InlineData("Shutdown", "LateNotificationSec = 0.2", "Stop-HcsContainer $c", "GracefulExit")]
    [InlineData("Terminate", "LostNotification = $true", "Stop-HcsContainer $c -Force", "ForcedExit")]
    [InlineData("Terminate", "LateNotificationSec = 0.2", "Stop-HcsContainer $c.Id -Force", "ForcedExit")]
    public void A_container_that_has_exited_is_stopped_whatever_became_of_the_answer(
        string operation, string fault, string command, string exitType)
    {
        object container = Session.NewRunning();
        Plan($"Operation = '{operation}'; {fault}");
        var clock = Stopwatch.StartNew();
        Assert.Equal(exitType, Session.Single($"({command} -PassThru).ExitStatus.ExitType", ("c", container)));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Waits.Prompt);
    }

    [Theory]
    [InlineData("LostNotification = $true")]
    [InlineData("LateNotificationSec = 0.05")]
    [InlineData("DelaySec = 0.05")]
    public void A_process_that_is_started_and_stopped_never_has_a_closed_handle(string fault)
    {
        object container = Session.NewRunning();
        Plan($"Operation = 'Kill'; {fault}");
        Session.Get(
            "1..40 | ForEach-Object { Start-HcsProcess $c \"sleep $(0.02, 100 | Get-Random)\" | Stop-HcsProcess }",
            ("c", container));
    }

    [Fact]
    public void A_start_that_a_stop_overtakes_says_so()
    {
        Session.Get("$n = New-HcsContainer");
        Plan("Operation = 'Start'; LateNotificationSec = 100");
        ScriptResult result = Session.Run(
            "$j = Start-HcsContainer $n -AsJob; Start-Sleep 1; Stop-HcsContainer $n; Wait-Job $j | Receive-Job");
        ErrorRecord error = Assert.Single(result.Errors);
        Assert.DoesNotContain("HandleClosed", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("HcsTerminatedDuringStart", error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-TimeoutSec 1", 6)]
    [InlineData("-TimeoutSec 1 -Force", 5)]
    [InlineData("-TimeoutSec 0", 5)]
    public void One_that_has_gone_without_a_word_is_stopped_with_an_unknown_exit(string parameters, int seconds) =>
        Waits.RequireTime(seconds - 0.2, seconds + 2, () => TimeOfStop(parameters));

    private TimeSpan TimeOfStop(string parameters)
    {
        Plan("Operation = 'Wait'; LostNotification = $true");
        Session.Get("$c = New-HcsContainer -Start");
        var clock = Stopwatch.StartNew();
        dynamic stopped = Session.Single($"Stop-HcsContainer $c -PassThru {parameters}");
        clock.Stop();
        Assert.Equal("Unknown", (string)stopped.ExitStatus.ExitType);
        Assert.Equal("Stopped", (string)stopped.State);
        Assert.Contains(
            Session.Run("Stop-HcsContainer $c -Verbose").RequireNoErrors().Verbose,
            line => line.Contains("has already exited", StringComparison.Ordinal));
        return clock.Elapsed;
    }

    [Theory]
    [InlineData("""{ "State": "Running" }""", true)]
    [InlineData("""{ "State": "Stopped" }""", false)]
    [InlineData("""{ "Stopped": true }""", false)]
    public void One_that_does_not_tell_its_exit_is_looked_for_once(string properties, bool isThere) =>
        Waits.RequireTime(4.8, 8, () => TimeOfLook(properties, isThere));

    private TimeSpan TimeOfLook(string properties, bool isThere)
    {
        (object host, GivenSystem system) = ServiceProxy.HostOf<GivenSystem>(Session);
        system.Properties = properties;
        var clock = Stopwatch.StartNew();
        ScriptResult result = Session.Run("Stop-HcsContainer given -Force -Confirm:$false -HcsHost $h", ("h", host));
        clock.Stop();
        Assert.Single(system.Sent, sent => sent.Contains("PropertyTypes", StringComparison.Ordinal) || sent == "{}");
        if (isThere)
        {
            result.RequireError("HcsOperationTimeout", ErrorCategory.OperationTimeout);
        }
        else
        {
            result.RequireNoErrors();
        }

        return clock.Elapsed;
    }

    [Theory]
    [InlineData("$c.Id", true)]
    [InlineData("$c", false)]
    public void A_container_whose_owner_cannot_be_learned_is_asked_for_before_it_is_ended(string target, bool isAsked)
    {
        object container = Session.NewRunning();
        Plan("Operation = 'Properties'; HResult = '0x80004005'");
        ScriptResult result = Session.Run($"Stop-HcsContainer {target} -Force", ("c", container));
        if (isAsked)
        {
            result.RequireError("HcsConfirmationRequired", ErrorCategory.OperationStopped);
        }
        else
        {
            result.RequireNoErrors();
        }
    }
}
