using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using HcsPowerShell.Contract;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Faults;

/// <summary>
/// Tests that a refusal of each operation reaches the user of the command as one error, and that the pipeline goes on.
/// </summary>
public sealed class RefusalTests(Session session) : FaultySession(session)
{
    public static TheoryData<string, string, string> Commands => new()
    {
        { "Create", "", "New-HcsContainer $c.Id" },
        { "Open", "Close-HcsContainer $c", "Get-HcsStatistics $c.Id" },
        { "Enumerate", "", "Get-HcsContainer" },
        { "Start", "$n = New-HcsContainer", "Start-HcsContainer $n" },
        { "Terminate", "", "Stop-HcsContainer $c -Force" },
        { "Wait", "Close-HcsContainer $c", "Stop-HcsContainer $c.Id -Force" },
        { "Pause", "", "Suspend-HcsContainer $c" },
        { "Resume", "Suspend-HcsContainer $c", "Resume-HcsContainer $c" },
        { "Statistics", "", "Get-HcsStatistics $c" },
        { "ProcessList", "", "Get-HcsProcess $c" },
        { "MappedVirtualDisks", "", "Get-HcsMappedVirtualDisk $c" },
        { "HasPendingUpdates", "", "Test-HcsPendingUpdate $c" },
        { "CreateProcess", "", "Start-HcsProcess $c 'sleep 100'" },
        { "OpenProcess", "Close-HcsProcess $p", "Stop-HcsProcess $p" },
        { "Modify", "", "Set-HcsContainer $c -ResourceType Network -RequestType Add -Settings 'e'" },
        { "Close", "", "Close-HcsContainer $c" },
        { "ProcessWait", "Close-HcsProcess $p", "Stop-HcsProcess $p" },
        { "Kill", "", "Stop-HcsProcess $p" },
        { "ResizeConsole", "", "Resize-HcsConsole $p -Width 80 -Height 25" },
        { "Stdio", "", "Invoke-HcsProcess $c 'sleep 100'" },
        { "CloseStdin", "", "Send-HcsProcessInput $p -Close" },
        { "ProcessClose", "", "Close-HcsProcess $p" },
    };

    // Those on layers and images are rows of the matrix of faults.
    [Fact]
    public void Every_operation_is_tried() =>
        Assert.Equal(
            Session.Get("[Enum]::GetNames([HcsPowerShell.Interop.ComputeOperation])").Select(n => (string)n.BaseObject)
                .Where(name => Position(name) < Position("DescribeLayer")),
            Commands.Select(c => c.Data.Item1).Concat(["ServiceProperties", "Shutdown", "Properties"]).OrderBy(Position));

    private int Position(string operation) =>
        (int)Session.Single($"[int][HcsPowerShell.Interop.ComputeOperation]::{operation}");

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_refusal_is_one_error(string operation, string before, string command)
    {
        dynamic container = Session.NewRunning();
        Session.Get(
            "$p = Start-HcsProcess $c -CommandArg sleep, 100 -CreateStdInPipe; " + before,
            ("c", container));
        Plan($"Operation = '{operation}'; HResult = 'HCS_E_GUEST_CRITICAL_ERROR'");
        ScriptResult result = Session.Run(command + "; 'went on'");
        ErrorRecord error = result.RequireError("HcsGuestCriticalError", ErrorCategory.DeviceError);
        Assert.Contains("0x8037011C", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Injected by rule 0", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("went on", Assert.Single(result.Output).BaseObject);
    }

    [Theory]
    [InlineData("Terminate", "Wait", "Stop-HcsContainer $c -Force")]
    [InlineData("Shutdown", "Wait", "Stop-HcsContainer $c")]
    [InlineData("Kill", "ProcessWait", "Stop-HcsProcess $p")]
    public void The_failure_of_the_exit_comes_before_the_answer_of_the_call_that_caused_it(
        string operation, string exit, string command)
    {
        Session.Get(
            "$p = Start-HcsProcess $c -CommandArg sleep, 100; Close-HcsProcess $p; Close-HcsContainer $c",
            ("c", (object)Session.NewRunning()));
        Plan(
            $"Operation = '{operation}'; LateNotificationSec = 60",
            $"Operation = '{exit}'; HResult = 'HCS_E_GUEST_CRITICAL_ERROR'");
        ErrorRecord error = Session.Run(command).RequireError("HcsGuestCriticalError", ErrorCategory.DeviceError);
        Assert.Contains("Injected by rule 1", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0x8037011F")]
    [InlineData("0xC037011F")]
    public void A_process_that_ended_by_itself_in_the_meantime_is_stopped(string code)
    {
        Plan($"Operation = 'Kill'; HResult = '{code}'");
        Assert.Equal(0, (long)Session.Single(
            "(Start-HcsProcess $c 'sleep 0.5' | Stop-HcsProcess -PassThru).ExitCode", ("c", (object)Session.NewRunning())));
    }

    [Fact]
    public void The_handle_of_a_process_whose_pipes_are_refused_is_closed()
    {
        CountedHost counted = Session.Beside();
        Plan("Operation = 'Stdio'; HResult = 'HCS_E_PROCESS_INFO_NOT_AVAILABLE'");
        Session.Run("$c = New-HcsContainer -Start -HcsHost $h; Start-HcsProcess $c 'sleep 100' -CreateStdOutPipe", ("h", counted.Host))
            .RequireError("HcsProcessInfoNotAvailable", ErrorCategory.ResourceUnavailable);
        Session.Get("Stop-HcsContainer $c -Force");
        counted.RequireNothing();
    }

    [Fact]
    public void A_process_whose_pipes_are_refused_does_not_stay_behind()
    {
        dynamic container = Session.NewRunning();
        Plan("Operation = 'Stdio'; HResult = 'HCS_E_PROCESS_INFO_NOT_AVAILABLE'");
        Session.Run("Start-HcsProcess $c 'sleep 100' -CreateStdOutPipe", ("c", container))
            .RequireError("HcsProcessInfoNotAvailable", ErrorCategory.ResourceUnavailable);
        Poll.Until(() => Session.Get("Get-HcsProcess $c").Count == 0, "the process to be gone");
    }

    [Theory]
    [InlineData("'x' | Invoke-HcsProcess $c 'cat'")]
    [InlineData("$null = 'x' | Invoke-HcsProcess $c 'cat' -PassThru")]
    [InlineData("Invoke-HcsProcess $c 'cat' -InputObject 'x' -AsJob | Wait-Job | Receive-Job")]
    public void A_process_whose_input_cannot_be_closed_is_ended(string command)
    {
        dynamic container = Session.NewRunning();
        Plan("Operation = 'CloseStdin'; HResult = 'HCS_E_GUEST_CRITICAL_ERROR'");
        using RunningScript running = Session.Begin(command, ("c", container));
        running.Wait();
        Assert.Contains("HcsGuestCriticalError", Assert.Single(running.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(Session.Get("Get-HcsProcess $c", ("c", container)));
    }

    [Fact]
    public void A_process_without_input_has_none_to_close()
    {
        dynamic container = Session.NewRunning();
        Plan("Operation = 'CloseStdin'; HResult = 'HCS_E_GUEST_CRITICAL_ERROR'");
        Assert.Equal("hi", (string)Session.Single("Invoke-HcsProcess $c 'echo hi'", ("c", container)));
    }
}
