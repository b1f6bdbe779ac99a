using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>What may be piped into which command, and which host it acts on then.</summary>
public sealed class PipelineBindingTests(Session session) : SessionTests(session)
{
    /// <summary>Each command with the state it needs and the one it leaves.</summary>
    public static TheoryData<string, string, string?> ContainerCommands => new()
    {
        { "Get-HcsContainer", "Running", "Running" },
        { "Start-HcsContainer", "Created", "Running" },
        { "Stop-HcsContainer", "Running", null },
        { "Suspend-HcsContainer", "Running", "Paused" },
        { "Resume-HcsContainer", "Paused", "Running" },
        { "Start-HcsProcess -CommandLine 'sleep 100'", "Running", "Running" },
        { "Get-HcsProcess", "Running", "Running" },
        { "Get-HcsStatistics", "Running", "Running" },
        { "Wait-HcsContainer", "Stopped", null },
        { "Close-HcsContainer", "Running", "Running" },
        { "Test-HcsPendingUpdate", "Running", "Running" },
        { "Get-HcsMappedVirtualDisk", "Running", "Running" },
    };

    /// <summary>The same without Get-HcsContainer, which looks on whatever host it is told.</summary>
    public static IEnumerable<ITheoryDataRow> CommandsThatAct => ContainerCommands.Skip(1);

    public static TheoryData<string> CommandsThatRefuseProcesses => new(
        "Start-HcsContainer",
        "Stop-HcsContainer -Force",
        "Suspend-HcsContainer",
        "Resume-HcsContainer",
        "Wait-HcsContainer -TimeoutSec 0",
        "Start-HcsProcess -CommandLine 'sleep 100'",
        "Get-HcsStatistics",
        "Close-HcsContainer",
        "Set-HcsContainer -ResourceType Network -RequestType Add -Settings x",
        "Test-HcsPendingUpdate",
        "Get-HcsMappedVirtualDisk",
        "Watch-HcsEvent");

    [Theory]
    [MemberData(nameof(ContainerCommands))]
    public void A_live_object_of_another_host_is_acted_on_there(string command, string state, string? left)
    {
        using var other = new Session();
        dynamic container = Prepare(other, state);
        Session.Get("$c | " + command, ("c", container));
        Assert.Equal(left, other.StateOf((string)container.Id));
        Assert.Null(Session.StateOf((string)container.Id));
    }

    [Theory]
    [MemberData(nameof(ContainerCommands))]
    public void A_string_is_an_id_on_the_current_host(string command, string state, string? left)
    {
        string id = Prepare(Session, state).Id;
        Session.Get("$id | " + command, ("id", id));
        Assert.Equal(left, Session.StateOf(id));
    }

    [Theory]
    [MemberData(nameof(ContainerCommands))]
    public void A_deserialized_object_is_acted_on_by_its_id(string command, string state, string? left)
    {
        dynamic container = Prepare(Session, state);
        Session.Get("$c | " + command, ("c", Deserialized(container)));
        Assert.Equal(left, Session.StateOf((string)container.Id));
    }

    [Theory]
    [MemberData(nameof(ContainerCommands))]
    public void A_list_of_objects_is_taken_as_an_argument(string command, string state, string? left)
    {
        dynamic[] all = [Prepare(Session, state), Prepare(Session, state)];
        string[] words = command.Split(' ', 2);
        Session.Get($"{words[0]} $all {string.Join(' ', words.Skip(1))}", ("all", all));
        Assert.All(all, c => Assert.Equal(left, Session.StateOf((string)c.Id)));
    }

    [Theory]
    [MemberData(nameof(CommandsThatAct))]
    public void Another_host_than_the_objects_own_is_refused(string command, string state, string? left)
    {
        using var other = new Session();
        dynamic container = Prepare(Session, state);
        ErrorRecord error = Session.Run($"$c | {command} -HcsHost $h; 'went on'", ("c", container), ("h", other.HostName))
            .RequireError("HcsHostMismatch", ErrorCategory.InvalidArgument);
        Assert.Contains($"host '{Session.HostName}', not on '{other.HostName}'", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(state == "Stopped" ? left : state, Session.StateOf((string)container.Id));
    }

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
    [InlineData("Stop-HcsProcess")]
    [InlineData("Wait-HcsProcess")]
    [InlineData("Get-HcsProcess")]
    public void A_live_process_of_another_host_is_acted_on_there(string command)
    {
        using var other = new Session();
        dynamic process = other.StartProcess(other.NewRunning(), "sh", "-c", command == "Wait-HcsProcess" ? "exit 3" : "exec sleep 100");
        Session.Get("$p | " + command, ("p", process));
        Assert.Equal(command != "Get-HcsProcess", (bool)process.HasExited);
    }

    [Theory]
    [InlineData("Stop-HcsProcess")]
    [InlineData("Wait-HcsProcess")]
    [InlineData("Receive-HcsProcessOutput")]
    [InlineData("Close-HcsProcess")]
    [InlineData("Resize-HcsConsole -Width 80 -Height 25")]
    public void Another_host_than_the_processs_own_is_refused(string command)
    {
        using var other = new Session();
        dynamic process = Session.StartProcess(Session.NewRunning(), "sleep", "100");
        Session.Run($"$p | {command} -HcsHost $h", ("p", process), ("h", other.HostName))
            .RequireError("HcsHostMismatch", ErrorCategory.InvalidArgument);
        Assert.False((bool)process.HasExited);
    }

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
        Session.Get("Stop-HcsContainer $a");
        Assert.Null(Session.StateOf(prefix + matching));
    }

    [Fact]
    public void A_pattern_that_matches_nothing_is_no_error() =>
        Assert.Empty(Session.Get("'nothing-*' | Stop-HcsContainer; Start-HcsProcess 'nothing-*' x; Wait-HcsContainer 'nothing-*'"));

    private static dynamic Prepare(Session session, string state)
    {
        dynamic container = state == "Created" ? session.NewContainer() : session.NewRunning();
        if (state is "Paused" or "Stopped")
        {
            session.Get(state == "Paused" ? "Suspend-HcsContainer $c" : "Stop-HcsContainer $c", ("c", container));
        }

        return container;
    }
}
