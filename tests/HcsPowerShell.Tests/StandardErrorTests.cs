using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>
/// Tests that a line on standard error is no failure: with any error preference, it stops no process and no command,
/// and is written once. An exit code is an error if the user sets that preference for native commands.
/// </summary>
public sealed class StandardErrorTests(Session session) : SessionTests(session)
{
    private const string Script = "echo one; echo bad >&2; sleep 0.05; echo worse >&2; echo two; exit 0";

    private static readonly string[] s_output = ["one", "two"];
    private static readonly string[] s_lines = ["bad", "worse"];

    private static readonly ActionPreference[] s_preferences =
    [
        ActionPreference.Continue, ActionPreference.SilentlyContinue, ActionPreference.Ignore, ActionPreference.Stop,
        ActionPreference.Inquire,
    ];

    /// <summary>Each preference, by the variable and by the parameter.</summary>
    public static TheoryData<ActionPreference, bool> Preferences
    {
        get
        {
            TheoryData<ActionPreference, bool> table = [];
            foreach (ActionPreference preference in s_preferences)
            {
                table.Add(preference, false);
                table.Add(preference, true);
            }

            return table;
        }
    }

    /// <summary>Each preference, combined with the redirections of the error stream.</summary>
    public static TheoryData<ActionPreference, bool, string> Redirections
    {
        get
        {
            TheoryData<ActionPreference, bool, string> table = [];
            foreach (string redirection in (string[])["", "2>&1", "2>$null", "3>&1", "*>&1"])
            {
                foreach (ActionPreference preference in s_preferences)
                {
                    table.Add(preference, false, redirection);
                    table.Add(preference, true, redirection);
                }
            }

            return table;
        }
    }

    [Theory]
    [MemberData(nameof(Redirections))]
    public void A_process_runs_to_its_end(ActionPreference preference, bool byParameter, string redirection) =>
        RequireLines(
            preference,
            redirection,
            Under(
                preference,
                byParameter,
                $"Invoke-HcsProcess $c -CommandArg sh, -c, $s -ErrorVariable e -WarningVariable w @action {redirection}"
                + "; $global:e = $e; $global:w = $w",
                ("c", (object)Session.NewRunning()),
                ("s", Script)),
            exitCode: 0);

    [Theory]
    [MemberData(nameof(Redirections))]
    public void The_output_of_a_process_is_received_to_its_end(
        ActionPreference preference, bool byParameter, string redirection)
    {
        Start(Script);
        RequireLines(
            preference,
            redirection,
            Under(
                preference,
                byParameter,
                $"Receive-HcsProcessOutput $p -Wait -ErrorVariable e -WarningVariable w @action {redirection}"
                + "; $global:e = $e; $global:w = $w"),
            exitCode: null);
        Assert.Empty(Session.Get("Receive-HcsProcessOutput $p"));
    }

    [Theory]
    [MemberData(nameof(Preferences))]
    public void PassThru_collects_the_lines_and_writes_none(ActionPreference preference, bool byParameter)
    {
        ScriptResult result = Under(
            preference,
            byParameter,
            "Invoke-HcsProcess $c -CommandArg sh, -c, $s -PassThru @action",
            ("c", (object)Session.NewRunning()),
            ("s", Script)).RequireNoErrors();
        dynamic collected = Assert.Single(result.Output).BaseObject;
        Assert.Equal(s_output, (IReadOnlyList<string>)collected.StandardOutput);
        Assert.Equal(s_lines, (IReadOnlyList<string>)collected.StandardError);
        Assert.Equal(0, (long)collected.ExitCode);
        Assert.False((bool)collected.HasTimedOut);
        Assert.Empty(result.Warnings);
    }

    [Theory]
    [MemberData(nameof(Preferences))]
    public void A_job_of_a_process_that_exits_with_0_ends_completed(ActionPreference preference, bool byParameter)
    {
        ScriptResult result = Under(
            preference,
            byParameter,
            "$job = Invoke-HcsProcess $c -CommandArg sh, -c, $s -AsJob @action; $null = $job | Wait-Job;"
            + " $global:child = $job.ChildJobs[0]; $global:seen = @($child.Error), @($child.Warning); Receive-Job $job",
            ("c", (object)Session.NewRunning()),
            ("s", Script));
        var child = (Job)Session.Single("$child");
        Assert.Equal(JobState.Completed, child.JobStateInfo.State);
        Assert.Equal(s_output, Text(result.Output));
        Assert.Equal(IsWarning(preference) ? [] : s_lines, Text(Session.Get("$seen[0]")));
        Assert.Equal(IsWarning(preference) ? s_lines : [], Text(Session.Get("$seen[1]")));
        Assert.Equal(IsWarning(preference) ? s_lines : [], result.Warnings);
    }

    [Theory]
    [MemberData(nameof(Preferences))]
    public void An_exit_code_is_one_error_at_the_end_where_the_user_wants_that(
        ActionPreference preference, bool byParameter)
    {
        ScriptResult result = Under(
            preference,
            byParameter,
            "$PSNativeCommandUseErrorActionPreference = $true;"
            + " Invoke-HcsProcess $c -CommandArg sh, -c, 'echo out; exit 7' @action",
            ("c", (object)Session.NewRunning()));
        Assert.Equal(7, (int)Session.Single("$global:LASTEXITCODE"));
        Assert.Equal(["out"], Text(result.Output));
        switch (preference)
        {
            case ActionPreference.Continue or ActionPreference.Stop:
                ErrorRecord error = result.RequireError("HcsProcessExitCode", ErrorCategory.InvalidResult);
                Assert.Contains("exit code 7", error.Exception.Message, StringComparison.Ordinal);
                Assert.Equal(7, (int)((dynamic)PSObject.AsPSObject(error.Exception)).ExitCode);
                Assert.Equal(7, (long)((dynamic)error.TargetObject).ExitCode);
                break;
            case ActionPreference.Inquire:
                // The engine itself reports an error, because it cannot ask the user here.
                Assert.Single(result.Errors);
                break;
            default:
                Assert.Empty(result.Errors);
                break;
        }
    }

    [Fact]
    public void It_comes_behind_all_that_the_process_wrote_and_with_PassThru_behind_the_result()
    {
        Assert.Equal(
            ["String", "ErrorRecord", "ErrorRecord", "HcsProcessResult", "ErrorRecord"],
            Text(Session.Get(
                "& { $PSNativeCommandUseErrorActionPreference = $true; $with, $without = @{ PassThru = $true }, @{};"
                + " foreach ($how in $without, $with) { Invoke-HcsProcess $c -CommandArg sh, -c, $s @how *>&1 |"
                + " ForEach-Object { $_.GetType().Name } } }",
                ("c", (object)Session.NewRunning()),
                ("s", "echo out; sleep 1; printf bad >&2; exit 7"))));
    }

    [Fact]
    public void In_a_job_it_is_an_error_and_the_job_fails()
    {
        ScriptResult result = Session.Run(
            "$job = & { $PSNativeCommandUseErrorActionPreference = $true; $ErrorActionPreference = 'Stop';"
            + " Invoke-HcsProcess $c -CommandArg sh, -c, 'echo out; echo bad >&2; exit 7' -AsJob };"
            + " $null = $job | Wait-Job; Receive-Job $job",
            ("c", (object)Session.NewRunning()));
        result.RequireError("HcsProcessExitCode", ErrorCategory.InvalidResult);
        Assert.Equal(["out"], Text(result.Output));
        Assert.Equal(["bad"], result.Warnings);
        Assert.Equal("Failed", Session.Single("$job.State.ToString()"));
    }

    [Theory]
    [InlineData("$false", "exit 7")]
    [InlineData("$null", "exit 7")]
    [InlineData("$true", "exit 0")]
    public void Otherwise_an_exit_code_is_no_error(string wanted, string script)
    {
        Session.Get(
            $"& {{ $ErrorActionPreference = 'Stop'; $PSNativeCommandUseErrorActionPreference = {wanted};"
            + " Invoke-HcsProcess $c -CommandArg sh, -c, $s; Invoke-HcsProcess $c -CommandArg sh, -c, $s -PassThru }",
            ("c", (object)Session.NewRunning()),
            ("s", script));
        Assert.Equal(script, $"exit {Session.Single("$global:LASTEXITCODE")}");
    }

    /// <summary>The ways in which both errors and warnings stop a pipeline.</summary>
    public static TheoryData<string, string> BothStop => new()
    {
        { "$ErrorActionPreference = 'Stop'; $WarningPreference = 'Stop'", "" },
        { "$ErrorActionPreference = 'Inquire'; $WarningPreference = 'Inquire'", "" },
        { "$ErrorActionPreference = 'Stop'", "-WarningAction Stop" },
        { "$WarningPreference = 'Stop'", "-ErrorAction Stop" },
        { "", "-ErrorAction Stop -Debug" },
    };

    [Theory]
    [MemberData(nameof(BothStop))]
    public void Where_warnings_stop_too_the_lines_wait_for_the_end_of_the_process(string preferences, string parameters)
    {
        ScriptResult result = Session.Run(
            $"& {{ {preferences}; Invoke-HcsProcess $c -CommandArg sh, -c, $s {parameters}"
            + " -WarningVariable global:w }",
            ("c", (object)Session.NewRunning()),
            ("s", Script));
        Assert.Equal(0, (int)Session.Single("$global:LASTEXITCODE"));
        Assert.Equal(s_output, Text(result.Output));
        Assert.Single(result.Errors);
        string warning = Assert.Single(Text(Session.Get("$w")));
        Assert.Equal(s_lines, warning.Split(Environment.NewLine));
    }

    [Theory]
    [MemberData(nameof(BothStop))]
    public void Where_warnings_stop_too_what_was_not_received_is_kept(string preferences, string parameters)
    {
        Start(Script);
        ScriptResult result = Session.Run($"& {{ {preferences}; Receive-HcsProcessOutput $p -Wait {parameters} }}");
        Assert.Equal(s_output, Text(result.Output));
        Assert.Single(result.Errors);
        result = Session.Run("Receive-HcsProcessOutput $p -Wait");
        Assert.Empty(result.Output);
        Assert.Equal("worse", result.RequireError("HcsProcessErrorOutput", ErrorCategory.FromStdErr).ToString());
    }

    [Theory]
    [InlineData("$PSDefaultParameterValues = @{ '*:ErrorAction' = 'Stop' };"
        + " Invoke-HcsProcess $c -CommandArg sh, -c, $s")]
    [InlineData("function f { [CmdletBinding()] param() Invoke-HcsProcess $c -CommandArg sh, -c, $s };"
        + " f -ErrorAction Stop")]
    [InlineData("$m = New-Module { $ErrorActionPreference = 'Stop'; function f { Invoke-HcsProcess @args } };"
        + " & $m { f $args[0] -CommandArg sh, -c, $args[1] } $c $s")]
    [InlineData("Invoke-HcsProcess $c -CommandArg sh, -c, $s | ForEach-Object { $ErrorActionPreference = 'Stop'; $_ }")]
    [InlineData("Invoke-HcsProcess $c -CommandArg sh, -c, $s -ErrorAction 1")]
    [InlineData("$ErrorActionPreference = 'Continue';"
        + " Invoke-HcsProcess $c -CommandArg sh, -c, $s -ErrorAction Inquire")]
    public void However_the_preference_comes_the_lines_are_warnings(string command)
    {
        ScriptResult result = Session.Run(
            $"& {{ {command} }}",
            ("c", (object)Session.NewRunning()),
            ("s", "echo one; sleep 0.05; echo bad >&2; sleep 0.05; echo worse >&2; echo two")).RequireNoErrors();
        Assert.Equal(s_output, Text(result.Output));
        Assert.Equal(s_lines, result.Warnings);
        Assert.Equal(0, (int)Session.Single("$global:LASTEXITCODE"));
    }

    [Fact]
    public void The_parameter_comes_before_the_variable()
    {
        ScriptResult result = Session.Run(
            "& { $ErrorActionPreference = 'Stop'; Invoke-HcsProcess $c -CommandArg sh, -c, $s -ErrorAction Continue }",
            ("c", (object)Session.NewRunning()),
            ("s", Script));
        Assert.Equal(s_lines, result.Errors.Select(e => e.ToString()));
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void Debug_alone_changes_no_error_into_a_question()
    {
        ScriptResult result = Session.Run(
            "Invoke-HcsProcess $c -CommandArg sh, -c, $s -Debug", ("c", (object)Session.NewRunning()), ("s", Script));
        Assert.Equal(s_lines, result.Errors.Select(e => e.ToString()));
        Assert.Equal(s_output, Text(result.Output));
    }

    [Fact]
    public void An_error_of_one_process_that_stops_waits_for_the_others()
    {
        using var folder = new TemporaryFolder();
        string first = Path.Combine(folder.Path, "first"), done = Path.Combine(folder.Path, "done");
        ScriptResult result = Session.Run(
            "$a, $b = 1..2 | ForEach-Object { New-HcsContainer -Start }; & { $ErrorActionPreference = 'Stop';"
            + " $PSNativeCommandUseErrorActionPreference = $true; Invoke-HcsProcess $a, $b -CommandArg sh, -c, $s }",
            ("s", $"mkdir {first} 2>/dev/null && exit 7; sleep 1; echo done > {done}"));
        result.RequireError("HcsProcessExitCode", ErrorCategory.InvalidResult);
        Assert.True(File.Exists(done));
    }

    [Theory]
    [InlineData("$running, $created")]
    [InlineData("$created, $running")]
    public void A_process_that_does_not_start_ends_none_that_runs(string containers)
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "done");
        ScriptResult result = Session.Run(
            "$running = New-HcsContainer -Start; $created = New-HcsContainer; $global:LASTEXITCODE = 77;"
            + $" Invoke-HcsProcess {containers} -CommandArg sh, -c, $s -ErrorAction Stop",
            ("s", $"sleep 0.5; echo done > {file}"));
        result.RequireError("HcsInvalidState", ErrorCategory.InvalidOperation);

        // The order decides whether the second process starts; a process that was started runs to its end.
        bool wasBegun = containers.StartsWith("$running", StringComparison.Ordinal);
        Assert.Equal(wasBegun, File.Exists(file));
        Assert.Equal(wasBegun ? 0 : 77, (int)Session.Single("$global:LASTEXITCODE"));
    }

    [Theory]
    [MemberData(nameof(Preferences))]
    public void What_was_collected_before_the_time_ran_out_is_kept(ActionPreference preference, bool byParameter)
    {
        ScriptResult result = Under(
            preference,
            byParameter,
            "Invoke-HcsProcess $c -CommandArg sh, -c, $s -PassThru -TimeoutSec 3 @action",
            ("c", (object)Session.NewRunning()),
            ("s", "echo one; echo bad >&2; printf half; printf worse >&2; sleep 100"));
        RequireCollected(Assert.Single(result.Output).BaseObject);
        if (preference is ActionPreference.Continue or ActionPreference.Stop)
        {
            RequireCollected(result.RequireError("HcsOperationTimeout", ErrorCategory.OperationTimeout).TargetObject);
        }
    }

    [Fact]
    public void A_job_keeps_it_too_and_fails()
    {
        ScriptResult result = Session.Run(
            "$job = Invoke-HcsProcess $c -CommandArg sh, -c, $s -PassThru -TimeoutSec 3 -AsJob;"
            + " $null = $job | Wait-Job; Receive-Job $job",
            ("c", (object)Session.NewRunning()),
            ("s", "echo one; echo bad >&2; printf half; printf worse >&2; sleep 100"));
        RequireCollected(Assert.Single(result.Output).BaseObject);
        RequireCollected(result.RequireError("HcsOperationTimeout", ErrorCategory.OperationTimeout).TargetObject);
        Assert.Equal("Failed", Session.Single("$job.State.ToString()"));
    }

    [Fact]
    public void An_unfinished_line_comes_before_the_time_out()
    {
        ScriptResult result = Session.Run(
            "Invoke-HcsProcess $c -CommandArg sh, -c, 'echo one; printf half; exec sleep 100' -TimeoutSec 3",
            ("c", (object)Session.NewRunning()));
        result.RequireError("HcsOperationTimeout", ErrorCategory.OperationTimeout);
        Assert.Equal(["one", "half"], Text(result.Output));
    }

    [Fact]
    public void PowerShell_itself_says_the_same()
    {
        PwshResult result = Pwsh.Run(
            """
            $null = Connect-HcsHost -Embedded -Isolation Process
            $c = New-HcsContainer -Start
            foreach ($preference in 'Continue', 'SilentlyContinue', 'Ignore', 'Stop', 'Inquire', 'Break') {
                foreach ($how in 'variable', 'parameter') {
                    foreach ($native in $false, $true) {
                        $PSNativeCommandUseErrorActionPreference = $native
                        $action = @{}
                        if ($how -eq 'variable') { $ErrorActionPreference = $preference }
                        else { $action.ErrorAction = $preference }
                        $said = [System.Collections.Generic.List[string]]::new()
                        $thrown = try {
                            Invoke-HcsProcess $c -CommandArg sh, -c, 'echo out; echo bad >&2; exit 3' @action *>&1 |
                                ForEach-Object {
                                    $said.Add($_.GetType().Name + ' ' + ($_ -replace "Process.*in container '.*?' "))
                                }
                        }
                        catch { $_.FullyQualifiedErrorId.Split(',')[0] }
                        $ErrorActionPreference = 'Continue'
                        "$preference $how $native`: $(($said | Sort-Object) -join ', '); $LASTEXITCODE $thrown".Trim()
                    }
                }
            }
            Disconnect-HcsHost -Confirm:$false
            """);
        IEnumerable<string> expected =
            from preference in (string[])["Continue", "SilentlyContinue", "Ignore", "Stop", "Inquire", "Break"]
            from how in (string[])["variable", "parameter"]
            from native in (bool[])[false, true]
            let isError = preference is "Continue" or "Break"
            let said = (string[])
            [
                .. isError ? ["ErrorRecord bad"] : Array.Empty<string>(),
                .. isError && native ? ["ErrorRecord ended with exit code 3."] : Array.Empty<string>(),
                "String out",
                .. preference is "Stop" or "Inquire" ? ["WarningRecord bad"] : Array.Empty<string>(),
            ]
            let thrown = !native ? ""
                : preference == "Stop" ? " HcsProcessExitCode"
                : preference == "Inquire" ? " InvalidOperation" : ""
            select $"{preference} {how} {native}: {string.Join(", ", said)}; 3{thrown}";

        // Under Break, the debugger writes between the lines.
        Assert.Equal(expected, result.Output.Where(l => l.Contains("String out", StringComparison.Ordinal))
            .Select(l => l[(l.LastIndexOf(">> ", StringComparison.Ordinal) is var at and >= 0 ? at + 3 : 0)..]));
    }

    private static void RequireCollected(dynamic result)
    {
        Assert.Equal(["one", "half"], (IReadOnlyList<string>)result.StandardOutput);
        Assert.Equal(s_lines, (IReadOnlyList<string>)result.StandardError);
        Assert.True((bool)result.HasTimedOut);
        Assert.Equal(137, (long)result.ExitCode);
    }

    private static bool IsWarning(ActionPreference preference) =>
        preference is ActionPreference.Stop or ActionPreference.Inquire;

    /// <summary>Requires that each of the two lines was written once, in the stream that the user has chosen.</summary>
    private void RequireLines(ActionPreference preference, string redirection, ScriptResult result, int? exitCode)
    {
        bool isError = preference == ActionPreference.Continue;
        bool isWarning = IsWarning(preference);
        bool isMerged = (isError && redirection is "2>&1" or "*>&1") || (isWarning && redirection is "3>&1" or "*>&1");
        string[] output = isMerged ? [.. s_output, .. s_lines] : s_output;
        Assert.Equal(output.Order(StringComparer.Ordinal), Text(result.Output).Order(StringComparer.Ordinal));
        Assert.Equal(isError && redirection is "" or "3>&1" ? s_lines : [], result.Errors.Select(e => e.ToString()));
        Assert.All(result.Errors, e => Assert.Equal(ErrorCategory.FromStdErr, e.CategoryInfo.Category));
        Assert.Equal(isWarning && redirection is "" or "2>&1" or "2>$null" ? s_lines : [], result.Warnings);
        Assert.Equal(
            isError || preference == ActionPreference.SilentlyContinue ? s_lines : [], Text(Session.Get("$global:e")));
        Assert.Equal(isWarning ? s_lines : [], Text(Session.Get("$global:w")));
        if (exitCode is { } code)
        {
            Assert.Equal(code, (int)Session.Single("$global:LASTEXITCODE"));
        }
    }

    /// <summary>Runs a command under a preference; the command uses @action, which is -ErrorAction or empty.</summary>
    private ScriptResult Under(
        ActionPreference preference,
        bool byParameter,
        string command,
        params (string Name, object? Value)[] variables) =>
        Session.Run(
            "& { $action = @{}; "
            + (byParameter ? "$action.ErrorAction = $preference; " : "$ErrorActionPreference = $preference; ")
            + $"{command} }}",
            [("preference", preference), .. variables]);

    private void Start(string script) => Session.Get(
        "$p = Start-HcsProcess $c -CommandArg sh, -c, $s -CreateStdInPipe -CreateStdOutPipe -CreateStdErrPipe",
        ("c", Session.NewRunning()), ("s", script));

    private static IEnumerable<string> Text(IEnumerable<PSObject> values) => values.Select(value => value.ToString());
}
