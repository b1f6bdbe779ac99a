using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Contract;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>
/// Tests that Ctrl+C ends every waiting command promptly, and leaves nothing open that the command has opened.
/// </summary>
public sealed class StopTests(Session session) : SessionTests(session)
{
    [Theory]
    [InlineData("'ready'; Wait-HcsContainer $c")]
    [InlineData("'ready'; Wait-HcsContainer $c -TimeoutSec 100")]
    [InlineData("'ready'; Wait-HcsProcess $p")]
    [InlineData("'ready'; Watch-HcsEvent $c")]
    [InlineData("Get-HcsStatistics $c -Continuous -IntervalSec 100")]
    [InlineData("Get-HcsStatistics $c -Continuous -IntervalSec 0.05")]
    public void What_waits_stops_and_what_was_waited_for_goes_on(string script)
    {
        dynamic container = Session.NewRunning();
        dynamic process = Session.StartProcess(container, "sleep", "100");
        Stop(script, container, process);
        Assert.Equal("Running", Session.StateOf((string)container.Id));
        Assert.False((bool)process.HasExited);
    }

    [Theory]
    [InlineData("Invoke-HcsProcess $c -CommandArg sh, -c, 'echo on; exec sleep 100'")]
    [InlineData("Invoke-HcsProcess $c -CommandArg sh, -c, \"trap '' TERM INT; while :; do echo y; done\"")]
    [InlineData("$bytes | Invoke-HcsProcess $c -CommandArg sh, -c, 'echo on; exec sleep 100'")]
    [InlineData("$c, $d | ForEach-Object { $_ } | ForEach-Object { Invoke-HcsProcess $_ -CommandArg sh, -c, 'echo on; exec sleep 100' }")]
    public void A_process_that_is_run_to_its_end_is_ended(string script)
    {
        dynamic container = Session.NewRunning();
        Session.Get("$bytes = [byte[]]::new(1MB), [byte[]]::new(1MB); $d = New-HcsContainer $id -Start", ("id", Session.NewId()));
        Stop(script, container, null);
        Poll.Until(() => Session.Get("Get-HcsProcess $c, $d").Count == 0, "the process to be ended");
        Assert.Equal("Running", Session.StateOf((string)container.Id));
    }

    [Fact]
    public void A_stop_that_waits_for_the_shutdown_stops()
    {
        dynamic container = Session.NewRunning();
        Session.StartProcess(container, "sh", "-c", "trap '' TERM; while :; do sleep 0.05; done");
        Poll.Until(() => Session.Get("Get-HcsProcess $c", ("c", (object)container)).Count > 1, "the script to run");
        Stop("'ready'; Stop-HcsContainer $c -TimeoutSec 100", container, null);
        Session.Get("Stop-HcsContainer $c -Force");
        Assert.Null(Session.StateOf((string)container.Id));
    }

    [Fact]
    public void The_runspace_is_as_good_as_before()
    {
        dynamic container = Session.NewRunning();
        Stop("'ready'; Wait-HcsContainer $c", container, null);
        Assert.Equal("hi", (string)Session.Single("Invoke-HcsProcess $c 'echo hi'"));
    }

    [Theory]
    [InlineData("Create", "New-HcsContainer")]
    [InlineData("Open", "Start-HcsContainer $far")]
    [InlineData("Start", "Start-HcsContainer $n")]
    [InlineData("Start", "New-HcsContainer -Start")]
    [InlineData("Shutdown", "Stop-HcsContainer $c")]
    [InlineData("Terminate", "Stop-HcsContainer $c -Force")]
    [InlineData("Pause", "Suspend-HcsContainer $c")]
    [InlineData("Resume", "Resume-HcsContainer $c")]
    [InlineData("Modify", "Set-HcsContainer $c -ResourceType Network -RequestType Add -Settings e")]
    [InlineData("Open", "Wait-HcsContainer $far")]
    [InlineData("OpenProcess", "Wait-HcsProcess $c.Id 7")]
    [InlineData("Kill", "Stop-HcsProcess $p")]
    [InlineData("CreateProcess", "Start-HcsProcess $c 'true'")]
    [InlineData("Stdio", "Start-HcsProcess $c 'true'")]
    [InlineData("CreateProcess", "Invoke-HcsProcess $c 'true'")]
    [InlineData("CloseStdin", "'x' | Invoke-HcsProcess $c 'cat'")]
    [InlineData("CloseStdin", "Send-HcsProcessInput $p -Close")]
    [InlineData("ResizeConsole", "Resize-HcsConsole $p -Width 80 -Height 25")]
    [InlineData("Open", "Watch-HcsEvent $far")]
    [InlineData("Statistics", "Get-HcsStatistics $c")]
    [InlineData("Statistics", "Get-HcsStatistics $c -Continuous")]
    [InlineData("ProcessList", "Get-HcsProcess $c")]
    [InlineData("MappedVirtualDisks", "Get-HcsMappedVirtualDisk $c")]
    [InlineData("HasPendingUpdates", "Test-HcsPendingUpdate $c")]
    [InlineData("Enumerate", "Get-HcsContainer")]
    [InlineData("EnumerateNetworks", "Get-HcsNetwork")]
    [InlineData("CreateNetwork", "New-HcsNetwork nat")]
    [InlineData("EnumerateNetworks", "Remove-HcsNetwork nat")]
    [InlineData("EnumerateEndpoints", "Get-HcsEndpoint")]
    [InlineData("EnumerateNetworks", "New-HcsEndpoint web")]
    [InlineData("EnumerateEndpoints", "Set-HcsEndpoint web -PortMapping 80")]
    [InlineData("EnumerateEndpoints", "Remove-HcsEndpoint web")]
    [InlineData("EnumerateEndpoints", "Connect-HcsEndpoint web $c.Id")]
    [InlineData("EnumerateEndpoints", "Disconnect-HcsEndpoint web")]
    [InlineData("EnumerateNetworks", "New-HcsContainer -Network nat")]
    [InlineData("EnumerateNetworks", "Watch-HcsEvent -Network")]
    [InlineData("NetworkVersion", "Get-HcsHost")]
    public void A_service_that_does_not_answer_does_not_hold_the_command(string operation, string script)
    {
        Session.Get("$c = New-HcsContainer -Start; $n = New-HcsContainer; $p = Start-HcsProcess $c 'sleep 100' -CreateStdInPipe;"
            + " $far = (New-HcsContainer | Close-HcsContainer -PassThru).Id");
        Session.Get($"Connect-HcsHost -Embedded -Name {Session.HostName} -FaultPlan @{{ Operation = '{operation}'; DelaySec = 100000 }}");
        try
        {
            Stop("'ready'; " + script, Session.Single("$c"), Session.Single("$p"));
        }
        finally
        {
            Session.Get($"Connect-HcsHost -Embedded -Name {Session.HostName} -FaultPlan @()");
        }
    }

    [Fact]
    public void A_full_pipe_does_not_hold_the_writer()
    {
        dynamic container = Session.NewRunning();
        dynamic process = Session.Single("Start-HcsProcess $c 'sleep 100' -CreateStdInPipe", ("c", container));
        Stop("'ready'; Send-HcsProcessInput $p ([byte[]]::new(16MB))", container, process);
        Assert.False((bool)process.HasExited);
    }

    [Fact]
    public void A_silent_process_does_not_hold_the_reader()
    {
        dynamic container = Session.NewRunning();
        dynamic process = Session.Single("Start-HcsProcess $c -CommandArg sh, -c, 'echo on; sleep 100' -CreateStdOutPipe", ("c", container));
        Stop("Receive-HcsProcessOutput $p -Wait", container, process);
        Stop("'ready'; Receive-HcsProcessOutput $p -Wait -TimeoutSec 1000", container, process);
        Assert.False((bool)process.HasExited);
    }

    private void Stop(string script, object container, object? process)
    {
        using RunningScript running = Session.Begin(script, ("c", container), ("p", process));
        running.WaitForOutput(1);
        TimeSpan took = running.Stop();
        Assert.InRange(took, TimeSpan.Zero, Waits.Prompt);
        Assert.True(running.HasEnded);
    }
}
