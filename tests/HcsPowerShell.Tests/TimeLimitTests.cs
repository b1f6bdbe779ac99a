using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using HcsPowerShell.Contract;
using HcsPowerShell.Tests.Engine;
using HcsPowerShell.Tests.Faults;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>
/// Tests that -TimeoutSec limits the time of a command for a target, whatever call the service leaves unanswered.
/// </summary>
public sealed class TimeLimitTests(Session session) : FaultySession(session)
{
    /// <summary>The commands that do not call a service, and the reason.</summary>
    public static TheoryData<string, string> WithoutService => new()
    {
        { "ConvertFrom-HcsJson", "reads a document" },
        { "ConvertTo-HcsJson", "writes a document" },
        { "Export-HcsReport", "writes a file about what others have taken" },
        { "Import-HcsConfiguration", "reads files" },
    };

    public static TheoryData<string, string> Unanswered => new()
    {
        { "Create", "New-HcsContainer" },
        { "Start", "Start-HcsContainer $n" },
        { "Start", "New-HcsContainer -Start" },
        { "Pause", "Suspend-HcsContainer $c" },
        { "Resume", "Resume-HcsContainer $p" },
        { "Open", "Get-HcsStatistics $far" },
        { "Open", "Get-HcsStatistics $far -Continuous" },
        { "Open", "Wait-HcsContainer $far" },
        { "Open", "Watch-HcsEvent $far" },
        { "Open", "Stop-HcsContainer $far" },
        { "Open", "Show-HcsStatistics $far" },
        { "Open", "Invoke-HcsProcess $far 'true'" },
        { "Open", "Close-HcsContainer $far -PassThru" },
        { "Enumerate", "Get-HcsContainer" },
        { "Enumerate", "Get-HcsContainer $c.Id" },
        { "Enumerate", "Suspend-HcsContainer t*" },
        { "Statistics", "Get-HcsStatistics $c" },
        { "Statistics", "Get-HcsStatistics $c -Continuous" },
        { "Statistics", "Show-HcsStatistics $c" },
        { "ProcessList", "Get-HcsProcess $c" },
        { "MappedVirtualDisks", "Get-HcsMappedVirtualDisk $c" },
        { "HasPendingUpdates", "Test-HcsPendingUpdate $c" },
        { "Modify", "Set-HcsContainer $c -ResourceType Network -RequestType Add -Settings e" },
        { "CreateProcess", "Start-HcsProcess $c 'true'" },
        { "Stdio", "Start-HcsProcess $c 'true'" },
        { "CreateProcess", "Invoke-HcsProcess $c 'true'" },
        { "Stdio", "Invoke-HcsProcess $c 'true'" },
        { "OpenProcess", "Stop-HcsProcess $c.Id 4000000000" },
        { "OpenProcess", "Wait-HcsProcess $c.Id 4000000000" },
        { "ProcessWait", "Start-HcsProcess $c 'sleep 100' | Stop-HcsProcess" },
        { "ResizeConsole", "Resize-HcsConsole $q -Width 80 -Height 25" },
        { "CloseStdin", "Send-HcsProcessInput $q -Close" },
        { "ServiceProperties", "Get-HcsHost" },
        { "EnumerateNetworks", "Get-HcsNetwork" },
        { "QueryNetwork", "Get-HcsNetwork -Id $g" },
        { "CreateNetwork", "New-HcsNetwork nat" },
        { "EnumerateNetworks", "Remove-HcsNetwork nat" },
        { "EnumerateEndpoints", "Get-HcsEndpoint" },
        { "EnumerateNetworks", "New-HcsEndpoint web" },
        { "EnumerateEndpoints", "Set-HcsEndpoint web -PortMapping 80" },
        { "EnumerateEndpoints", "Remove-HcsEndpoint web" },
        { "EnumerateEndpoints", "Connect-HcsEndpoint web $c" },
        { "EnumerateEndpoints", "Disconnect-HcsEndpoint web" },
        { "EnumerateNetworks", "New-HcsContainer -Network nat" },
        { "EnumerateNetworks", "Watch-HcsEvent -Network" },
        { "EnumerateNetworks", "Test-HcsConfiguration '{\"Name\":\"x\",\"Type\":\"NAT\"}' -OnHost" },
    };

    [Fact]
    public void Every_command_that_calls_the_service_has_a_limit()
    {
        string[] has = Names("$_.Parameters['TimeoutSec']");
        Assert.Equal(Names("$_.Parameters['HcsHost']"), has);
        Assert.Equal(
            Names("$true").Except(has),
            WithoutService.Select(command => command.Data.Item1).Order(StringComparer.Ordinal));
        Assert.All(has, name => Assert.Equal(
            [0, int.MaxValue / 1000],
            Session.Get(
                "(Get-Command $n).Parameters['TimeoutSec'].Attributes | Where-Object MinRange -is [int]"
                    + " | ForEach-Object { $_.MinRange, $_.MaxRange }",
                ("n", name)).Select(value => (int)value.BaseObject)));
    }

    [Theory]
    [MemberData(nameof(Unanswered))]
    public void A_call_that_is_not_answered_ends_with_the_limit(string operation, string command) =>
        Waits.RequireTime(0.9, 4, () => TimeOf(operation, command));

    private TimeSpan TimeOf(string operation, string command)
    {
        Plan();
        Session.Get("$c = New-HcsContainer -Start; $n = New-HcsContainer;"
            + " $p = New-HcsContainer -Start | Suspend-HcsContainer -PassThru;"
            + " $q = Start-HcsProcess $c 'sleep 100' -EmulateConsole;"
            + " $far = (New-HcsContainer -Start | Close-HcsContainer -PassThru).Id; $g = New-Guid");
        bool isLost = operation is not ("CloseStdin" or "ServiceProperties" or "OpenProcess")
            && !operation.Contains("Network", StringComparison.Ordinal)
            && !operation.EndsWith("Endpoints", StringComparison.Ordinal);
        Plan($"Operation = '{operation}'; " + (isLost ? "LostNotification = $true" : "DelaySec = 100000"));
        var clock = Stopwatch.StartNew();
        ScriptResult result = Session.Run(command + " -TimeoutSec 1");
        clock.Stop();
        ErrorRecord error = result.RequireError("HcsOperationTimeout", ErrorCategory.OperationTimeout);
        Assert.Contains(" in time: 1 s have passed", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("-TimeoutSec", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        return clock.Elapsed;
    }

    [Fact]
    public void A_write_that_nobody_reads_ends_with_the_limit()
    {
        Session.Get("$c = New-HcsContainer -Start; $q = Start-HcsProcess $c 'sleep 100' -CreateStdInPipe");
        ScriptResult result = Session.Run("Send-HcsProcessInput $q ([byte[]]::new(4MB)) -TimeoutSec 1");
        result.RequireError("HcsOperationTimeout", ErrorCategory.OperationTimeout);
    }

    [Fact]
    public void The_limit_is_one_for_a_creation_and_its_start() => Waits.RequireTime(1.9, 3.4, () =>
    {
        string id = Session.NewId();
        Plan("Operation = 'Create'; DelaySec = 1.5", "Operation = 'Start'; LostNotification = $true");
        var clock = Stopwatch.StartNew();
        Session.Run("New-HcsContainer $id -Start -TimeoutSec 2", ("id", id))
            .RequireError("HcsOperationTimeout", ErrorCategory.OperationTimeout);
        clock.Stop();
        Plan();
        Poll.Until(() => Session.StateOf(id) is null, "the container that was not started to go");
        return clock.Elapsed;
    });

    [Fact]
    public void The_time_in_which_more_input_comes_is_none_of_a_wait()
    {
        Session.Get("$c = New-HcsContainer -Start");
        Assert.Single(Session.Get(
            "$p = Start-HcsProcess $c 'sleep 4'; & { $p; Start-Sleep 3 } | Wait-HcsProcess -TimeoutSec 3"));
    }

    [Fact]
    public void A_limit_above_the_default_of_a_call_lengthens_it_and_without_one_the_default_holds()
    {
        string id = Session.NewRunning().Id;
        (object host, CallTimes times) = ServiceProxy.HostOf<CallTimes>(Session);
        Session.Get(
            Session.WithoutDefaults(
                "Get-HcsStatistics $id -HcsHost $h; Get-HcsStatistics $id -HcsHost $h -TimeoutSec 300;"
                + " Stop-HcsContainer $id -HcsHost $h"),
            ("id", id),
            ("h", host));
        TimeSpan?[] opened = times.Of("OpenContainerAsync");
        Assert.Null(opened[0]);
        Assert.InRange(opened[1]!.Value, TimeSpan.FromSeconds(280), TimeSpan.FromSeconds(300));
        Assert.InRange(opened[2]!.Value, TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(60));
    }

    [Theory]
    [InlineData("New-HcsContainer", 240)]
    [InlineData("Start-HcsContainer", 240)]
    [InlineData("Suspend-HcsContainer", 240)]
    [InlineData("Resume-HcsContainer", 240)]
    [InlineData("Restart-HcsContainer", 240)]
    [InlineData("Set-HcsContainer", 240)]
    [InlineData("Enter-HcsContainer", 240)]
    [InlineData("Stop-HcsContainer", 60)]
    [InlineData("Stop-HcsProcess", 60)]
    [InlineData("Disconnect-HcsHost", 60)]
    [InlineData("Get-HcsContainer", null)]
    [InlineData("Invoke-HcsProcess", null)]
    [InlineData("Wait-HcsContainer", null)]
    public void A_command_has_its_default(string command, int? seconds) => Assert.Equal(
        seconds,
        Session.Single("@{ T = (Get-Command $n).ImplementingType::new().TimeoutSec }", ("n", command))["T"]);

    [Theory]
    [InlineData("Get-HcsContainer $c.Id")]
    [InlineData("Get-HcsStatistics $c")]
    [InlineData("Get-HcsProcess $c")]
    [InlineData("Test-HcsPendingUpdate $far")]
    [InlineData("Get-HcsHost")]
    public void Zero_looks_once(string command)
    {
        Session.Get("$c = New-HcsContainer -Start; $far = (New-HcsContainer -Start | Close-HcsContainer -PassThru).Id;"
            + " $null = Start-HcsProcess $c 'sleep 100'");
        Assert.NotEmpty(Session.Get(command + " -TimeoutSec 0"));
    }

    [Fact]
    public void The_help_lists_the_default_of_every_call()
    {
        string help = File.ReadAllText(
            Path.Combine(StagedModule.RepositoryRoot, "docs", "en-US", "about_HcsPowerShell.help.txt"));
        string table = Regex.Match(help, @"one of its own, in seconds:(.*?)An exit is waited for", RegexOptions.Singleline)
            .Groups[1].Value;
        var told = Regex.Matches(table, @"([A-Za-z,\s]+?)\s+([0-9]+)")
            .SelectMany(row => row.Groups[1].Value.Split(',')
                .Select(name => (Name: name.Trim(), Text: row.Groups[2].Value)))
            .ToDictionary(row => row.Name, row => row.Text);
        IEnumerable<string> real = Session.Get(
            """
            foreach ($o in [Enum]::GetNames([HcsPowerShell.Interop.ComputeOperation])) {
                $time = [HcsPowerShell.Interop.ComputeOperations]::DefaultTimeout($o)
                if ($time -ne [Threading.Timeout]::InfiniteTimeSpan) { "$o $($time.TotalSeconds)" }
            }
            """).Select(row => row.ToString());
        Assert.Equal(real.Order(), told.Select(row => $"{row.Key} {row.Value}").Order());
    }

    private string[] Names(string condition) =>
    [
        .. Session.Get(
            "Get-Command -Module HcsPowerShell -CommandType Cmdlet"
                + $" | Where-Object {{ {condition} }} | ForEach-Object Name")
            .Select(name => (string)name.BaseObject).Order(StringComparer.Ordinal),
    ];
}
