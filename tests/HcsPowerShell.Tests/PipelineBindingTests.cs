using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>Tests which objects may not be piped into a command, and which ids a pattern matches.</summary>
public sealed class PipelineBindingTests(Session session) : SessionTests(session)
{
    public static TheoryData<string> CommandsThatRefuseProcesses => new(
        "Start-HcsContainer",
        "Stop-HcsContainer -Force",
        "Suspend-HcsContainer",
        "Resume-HcsContainer",
        "Restart-HcsContainer",
        "Wait-HcsContainer -TimeoutSec 0",
        "Start-HcsProcess -CommandLine 'sleep 100'",
        "Enter-HcsContainer",
        "Get-HcsStatistics",
        "Close-HcsContainer",
        "Set-HcsContainer -ResourceType Network -RequestType Add -Settings x",
        "Test-HcsPendingUpdate",
        "Get-HcsMappedVirtualDisk",
        "Watch-HcsEvent");

    [Theory]
    [MemberData(nameof(CommandsThatRefuseProcesses))]
    public void A_process_is_no_container(string command)
    {
        dynamic container = Session.NewRunning();
        dynamic process = Session.StartProcess(container, "sleep", "100");
        foreach (object piped in new object[] { process, Deserialized(process), Session.Single("Get-HcsProcess $c", ("c", container)) })
        {
            ScriptResult result = Session.Run("$p | " + command + "; 'went on'", ("p", piped));
            ErrorRecord error = result.RequireError("HcsInvalidTarget", ErrorCategory.InvalidType);
            Assert.Contains($"process {process.ProcessId}", error.ToString(), StringComparison.Ordinal);
            Assert.Equal("went on", Assert.Single(result.Output).BaseObject);
        }

        Assert.Equal("Running", Session.StateOf((string)container.Id));
        Assert.Equal((uint)process.ProcessId, (uint)Session.Single("Get-HcsProcess $c").ProcessId);
    }

    [Fact]
    public void What_refuses_a_process_shows_in_no_syntax() =>
        Assert.Empty(Session.Get("""
            foreach ($command in Get-Command -Module HcsPowerShell -CommandType Cmdlet) {
                $command.ParameterSets.Parameters | Where-Object {
                    $_.Attributes | Where-Object { $_ -is [Management.Automation.ParameterAttribute] -and $_.DontShow }
                } | ForEach-Object { "$command -$($_.Name)" }
                if ((Get-Command $command -Syntax) -match 'ProcessOf|-ProcessId' -and $command.Noun -eq 'HcsContainer') { "$command" }
            }
            """));

    [Theory]
    [InlineData("Stop-HcsContainer")]
    [InlineData("Get-HcsContainer")]
    [InlineData("Stop-HcsProcess")]
    public void What_is_neither_object_nor_id_is_refused_and_the_rest_is_acted_on(string command)
    {
        dynamic container = Session.NewRunning();
        dynamic process = Session.StartProcess(container, "sleep", "100");
        object good = command == "Stop-HcsProcess" ? process : container;
        ScriptResult result = Session.Run(
            $"[System.Text.StringBuilder]::new('text'), $g, [pscustomobject]@{{ A = 1 }} | {command}", ("g", good));
        Assert.Equal(2, result.Errors.Count);
        Assert.All(result.Errors, e => Assert.Equal("InputObjectNotBound", e.FullyQualifiedErrorId.Split(',')[0]));
        Poll.Until(() => (bool)process.HasExited == (command != "Get-HcsContainer"), "the good one to be acted on");
    }

    [Theory]
    [InlineData("web[1]", "web1")]
    [InlineData("we*", "wet")]
    [InlineData("w?b", "wab")]
    public void An_id_that_holds_a_wildcard_is_tried_as_it_is_first(string ending, string matching)
    {
        string prefix = Session.NewId();
        Session.Get(
            "New-HcsContainer $a -Start; New-HcsContainer $b -Start; Stop-HcsContainer $a",
            ("a", prefix + ending), ("b", prefix + matching));
        Assert.Null(Session.StateOf(prefix + ending));
        Assert.Equal("Running", Session.StateOf(prefix + matching));
        Session.Get("Stop-HcsContainer $a; Stop-HcsContainer $a -Force");
        Assert.Equal("Running", Session.StateOf(prefix + matching));
    }

    [Fact]
    public void A_pattern_that_matches_nothing_is_no_error() =>
        Assert.Empty(Session.Get("'nothing-*' | Stop-HcsContainer; Start-HcsProcess 'nothing-*' x; Wait-HcsContainer 'nothing-*'"));
}
