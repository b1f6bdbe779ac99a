using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

public sealed class StartHcsProcessTests(Session session) : SessionTests(session)
{
    [Fact]
    public void It_returns_the_process_it_started()
    {
        dynamic container = Session.NewRunning();
        dynamic process = Session.Single("$c | Start-HcsProcess -CommandLine 'sleep 100'", ("c", container));
        Assert.Equal((string)container.Id, (string)process.ContainerId);
        Assert.Equal("sleep 100", (string)process.CommandLine);
        Assert.False((bool)process.HasExited);
        Assert.Null((long?)process.ExitCode);
        Assert.InRange((DateTimeOffset)process.StartTime, DateTimeOffset.Now.AddMinutes(-1), DateTimeOffset.Now);
        WaitForCommandLine("sleep\0100\0", (uint)process.ProcessId);
    }

    [Fact]
    public void The_exit_code_is_known_after_the_exit()
    {
        dynamic process = Session.StartProcess(Session.NewRunning(), "sh", "-c", "exit 3");
        Poll.Until(() => (bool)process.HasExited, "the process to exit");
        Assert.Equal(3, (long)process.ExitCode);
    }

    [Fact]
    public void It_takes_ids_and_patterns_and_starts_one_process_each()
    {
        string prefix = Session.NewId();
        IReadOnlyList<PSObject> processes = Session.Get(
            "1..2 | ForEach-Object { $null = New-HcsContainer \"$p-$_\" -Start }; Start-HcsProcess -Id \"$p-*\" 'sleep 100'",
            ("p", prefix));
        Assert.Equal(
            [prefix + "-1", prefix + "-2"],
            processes.Select(p => (string)((dynamic)p.BaseObject).ContainerId).Order());
    }

    [Fact]
    public void The_command_line_is_split_without_a_shell()
    {
        using var folder = new TemporaryFolder();
        string marker = Path.Combine(folder.Path, "made");
        dynamic process = Session.Single(
            "Start-HcsProcess $c -CommandLine $l",
            ("c", Session.NewRunning()),
            ("l", $"sleep 100 \"a b\" ; touch {marker}"));
        Poll.Until(() => (bool)process.HasExited, "sleep to refuse its arguments");
        Assert.NotEqual(0, (long)process.ExitCode);
        Assert.False(File.Exists(marker));
    }

    [Fact]
    public void Arguments_are_taken_as_they_are()
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "arguments");
        dynamic process = Session.StartProcess(
            Session.NewRunning(), "sh", "-c", $"printf '%s\\n' \"$@\" >{file}", "sh", "a b", "\"", "$HOME", "*", "");
        Poll.Until(() => (bool)process.HasExited, "the process to exit");
        Assert.Equal("a b\n\"\n$HOME\n*\n\n", File.ReadAllText(file));
    }

    [Fact]
    public void It_sets_working_directory_and_environment()
    {
        using var folder = new TemporaryFolder();
        dynamic process = Session.Single(
            "Start-HcsProcess $c -CommandArg sh, -c, 'pwd >out; echo \"$A-$B\" >>out' -WorkingDirectory $d -Environment @{ A = 1; B = 'x y' }",
            ("c", Session.NewRunning()),
            ("d", folder.Path));
        Poll.Until(() => (bool)process.HasExited, "the process to exit");
        Assert.Equal($"{folder.Path}\n1-x y\n", File.ReadAllText(Path.Combine(folder.Path, "out")));
    }

    [Fact]
    public void The_environment_is_the_containers_and_not_the_callers()
    {
        using var folder = new TemporaryFolder();
        dynamic process = Session.Single(
            "$env:HCS_TEST_CALLER = 'leaked'; Start-HcsProcess $c -CommandArg sh, -c, 'echo \"<$HCS_TEST_CALLER>\" >out' -WorkingDirectory $d",
            ("c", Session.NewRunning()),
            ("d", folder.Path));
        Poll.Until(() => (bool)process.HasExited, "the process to exit");
        Assert.Equal("<>\n", File.ReadAllText(Path.Combine(folder.Path, "out")));
    }

    [Fact]
    public void ApplicationName_runs_and_the_command_line_begins_with_argument_0()
    {
        dynamic process = Session.Single(
            "Start-HcsProcess $c -ApplicationName /bin/sleep -CommandLine 'nap 100'", ("c", Session.NewRunning()));
        WaitForCommandLine("nap\0100\0", (uint)process.ProcessId);
    }

    [Fact]
    public void There_is_no_pipe_unless_asked_for()
    {
        dynamic without = Session.StartProcess(Session.NewRunning(), "sleep", "100");
        dynamic with = Session.Single(
            "Start-HcsProcess $c 'sleep 100' -CreateStdInPipe -CreateStdOutPipe -CreateStdErrPipe",
            ("c", Session.NewRunning()));
        Assert.Equal(["/dev/null", "/dev/null", "/dev/null"], Descriptors((uint)without.ProcessId));
        Assert.All(Descriptors((uint)with.ProcessId), d => Assert.StartsWith("pipe:", d, StringComparison.Ordinal));
    }

    [Fact]
    public void WhatIf_starts_nothing()
    {
        dynamic container = Session.NewRunning();
        Assert.Empty(Session.Get("Start-HcsProcess $c 'sleep 100' -WhatIf", ("c", container)));
        Assert.Empty(Session.Get("Get-HcsProcess $c"));
    }

    [Fact]
    public void One_bad_target_is_one_error_and_the_rest_run()
    {
        dynamic created = Session.NewContainer();
        dynamic running = Session.NewRunning();
        ScriptResult result = Session.Run("$a, $b | Start-HcsProcess -CommandLine 'sleep 100'", ("a", created), ("b", running));
        ErrorRecord error = result.RequireError("HcsInvalidState", ErrorCategory.InvalidOperation);
        Assert.Contains($"Cannot start process 'sleep' in container '{created.Id}'", error.ToString(), StringComparison.Ordinal);
        Assert.Equal((string)running.Id, (string)((dynamic)Assert.Single(result.Output).BaseObject).ContainerId);
    }

    [Fact]
    public void A_warning_names_the_members_that_are_not_enforced_and_no_others()
    {
        Assert.SkipUnless((string)Session.Single("Get-HcsHost").Isolation == "Process", "This isolation enforces them.");
        ScriptResult result = Session.Run(
            "$null = Start-HcsProcess $c 'sleep 100' -User nobody -CreateStdOutPipe", ("c", Session.NewRunning()));
        Assert.EndsWith("does not enforce User.", Assert.Single(result.RequireNoErrors().Warnings), StringComparison.Ordinal);
    }

    // The command line is empty for a moment while the program is loaded.
    private static void WaitForCommandLine(string expected, uint processId) =>
        Poll.Until(() => File.ReadAllText($"/proc/{processId}/cmdline") == expected, "the command line " + expected);

    private static string[] Descriptors(uint processId) =>
        [.. Enumerable.Range(0, 3).Select(n => new FileInfo($"/proc/{processId}/fd/{n}").LinkTarget!)];
}
