using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Contract;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

public sealed class ReceiveHcsProcessOutputTests(Session session) : SessionTests(session)
{
    [Fact]
    public void Lines_come_as_output_and_standard_error_as_errors()
    {
        Start("echo one; echo wrong >&2; echo two");
        ScriptResult result = Session.Run("$p | Receive-HcsProcessOutput -Wait");
        Assert.Equal(["one", "two"], Text(result.Output));
        ErrorRecord error = result.RequireError("HcsProcessErrorOutput", ErrorCategory.FromStdErr);
        Assert.Equal("wrong", error.ToString());
    }

    [Fact]
    public void Without_Wait_comes_what_is_there_now_and_the_rest_later()
    {
        Start("echo one; printf half; read go; echo ' whole'; printf end");
        Poll.Until(() => Session.Get("Receive-HcsProcessOutput $p").Count == 1, "the first line");
        Assert.Empty(Session.Get("Receive-HcsProcessOutput $p"));
        Session.Get("'go' | Send-HcsProcessInput $p; $null = Wait-HcsProcess $p");
        Assert.Equal(["half whole", "end"], Text(Session.Get("Receive-HcsProcessOutput $p")));
        Assert.Empty(Session.Get("Receive-HcsProcessOutput $p"));
    }

    [Fact]
    public void It_stays_readable_after_the_exit_by_ids_too_and_a_pipeline_that_ends_itself_has_taken_its_line()
    {
        Start("echo one; echo two");
        Session.Get("$null = Wait-HcsProcess $p");
        Assert.Equal("one", Session.Single(
            "do { Receive-HcsProcessOutput $p.ContainerId $p.ProcessId | ForEach-Object { $_; break } } while ($false)"));
        Assert.Equal("two", Session.Single("Receive-HcsProcessOutput -ContainerId $p.ContainerId -ProcessId $p.ProcessId"));
    }

    [Fact]
    public void What_was_stopped_goes_on_where_it_stopped_in_mid_line()
    {
        Start("echo one; printf hal; read go; echo f");
        using (RunningScript first = Session.Begin("Receive-HcsProcessOutput $p -Wait"))
        {
            first.WaitForOutput(1);
            Assert.InRange(first.Stop(), TimeSpan.Zero, Waits.Prompt);
            Assert.Equal(["one"], Text(first.Output));
        }

        Session.Get("'go' | Send-HcsProcessInput $p");
        Assert.Equal(["half"], Text(Session.Get("Receive-HcsProcessOutput $p -Wait")));
    }

    [Fact]
    public void Stops_and_calls_one_after_the_other_lose_and_double_nothing()
    {
        const int Lines = 200_000;
        Start($"seq 1 {Lines}");
        List<string> all = [];
        for (int stops = 0; stops < 20; stops++)
        {
            // If a stop takes its time, the calls before may have read everything.
            using RunningScript part = Session.Begin("Receive-HcsProcessOutput $p -Wait");
            Poll.Until(() => part.Output.Count > 0 || part.HasEnded, "output, or its end");
            part.Stop();
            all.AddRange(Text(part.Output));
        }

        all.AddRange(Text(Session.Get("Receive-HcsProcessOutput $p -Wait")));
        Assert.Equal(Enumerable.Range(1, Lines).Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture)), all);
    }

    [Fact]
    public void Who_writes_without_pause_does_not_keep_a_command_that_does_not_wait()
    {
        Start("exec yes");
        Poll.Until(() => Session.Get("Receive-HcsProcessOutput $p").Count > 0, "the first lines");
        Assert.False((bool)Session.Single("$p.HasExited"));
    }

    [Fact]
    public void Bytes_come_unharmed()
    {
        Start("printf '\\000\\377\\r\\n\\200'");
        Assert.Equal("00-FF-0D-0A-80", Session.Single(
            "$b = Receive-HcsProcessOutput $p -Wait -AsByteStream | ForEach-Object { $_ }; [BitConverter]::ToString($b)"));
    }

    [Fact]
    public void Each_call_may_use_another_encoding()
    {
        Start("printf '\\303\\251\\nA\\000\\n\\000B\\000\\n\\000'");
        Assert.Equal("\u00e9", Session.Single(
            "do { Receive-HcsProcessOutput $p -Wait | ForEach-Object { $_; break } } while ($false)"));
        Assert.Equal(["A", "B"], Text(Session.Get("Receive-HcsProcessOutput $p -Encoding unicode")));
    }

    [Fact]
    public void A_child_that_keeps_the_pipe_does_not_keep_the_command()
    {
        Start("sleep 100 & printf last");
        Assert.Equal("last", Session.Single("Receive-HcsProcessOutput $p -Wait"));
    }

    [Fact]
    public void What_a_child_writes_after_the_exit_is_warned_of_and_comes_by_a_later_call()
    {
        using var folder = new TemporaryFolder();
        Start($"(until [ -e {folder.Path}/go ]; do sleep 0.05; done; echo late) & echo first");
        ScriptResult first = Session.Run("Receive-HcsProcessOutput $p -Wait").RequireNoErrors();
        Assert.Equal(["first"], Text(first.Output));
        Assert.Contains("still holds its output", Assert.Single(first.Warnings), StringComparison.Ordinal);
        folder.Write("go", string.Empty);
        List<string> later = [];
        Poll.Until(
            () =>
            {
                later.AddRange(Text(Session.Run("Receive-HcsProcessOutput $p -Wait").RequireNoErrors().Output));
                return later.Count > 0;
            },
            "the late line");
        Assert.Equal(["late"], later);
        Assert.Empty(Session.Run("Receive-HcsProcessOutput $p -Wait").RequireNoErrors().Warnings);
    }

    [Fact]
    public void What_a_child_writes_and_nobody_receives_is_dropped_in_the_end_and_said()
    {
        using var folder = new TemporaryFolder();
        Start($"(head -c 3000000 /dev/zero; echo >{folder.Path}/done) & exit 0");
        Poll.Until(() => File.Exists(Path.Combine(folder.Path, "done")), "the child to have written");
        ScriptResult result = Session.Run(
            "Receive-HcsProcessOutput $p -Wait -AsByteStream | ForEach-Object { $_.Length } | Measure-Object -Sum").RequireNoErrors();
        Assert.InRange(((dynamic)Assert.Single(result.Output).BaseObject).Sum, 500_000d, 1024d * 1024);
        Assert.Contains("was dropped", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Running_out_of_time_is_an_error_after_what_has_come_and_the_rest_is_kept(int seconds)
    {
        Start("echo one; read go; echo two; printf three");
        // On a busy machine the list may take longer than the four seconds of a query.
        Poll.Until(() => Session.Get("Get-HcsProcess $c -TimeoutSec 60").Count > 0, "the process to run");
        List<string> lines = [];
        Poll.Until(
            () =>
            {
                ScriptResult result = Session.Run("Receive-HcsProcessOutput $p -Wait -TimeoutSec $t; 'went on'", ("t", seconds));
                ErrorRecord error = result.RequireError("HcsOperationTimeout", ErrorCategory.OperationTimeout);
                Assert.Contains("-TimeoutSec", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
                lines.AddRange(Text(result.Output));
                return lines.Contains("one");
            },
            "the first line");
        Assert.Equal("one", Assert.Single(lines, line => line != "went on"));
        Session.Get("'go' | Send-HcsProcessInput $p");
        Assert.Equal(["two", "three"], Text(Session.Get("Receive-HcsProcessOutput $p -Wait -TimeoutSec 30")));
        Assert.Empty(Session.Get("Wait-HcsProcess $p | Out-Null; Receive-HcsProcessOutput $p -Wait -TimeoutSec 0"));
    }

    [Fact]
    public void Who_writes_without_pause_does_not_keep_a_command_whose_time_has_passed()
    {
        Start("exec yes");
        ScriptResult result = Session.Run("Receive-HcsProcessOutput $p -Wait -TimeoutSec 0");
        result.RequireError("HcsOperationTimeout", ErrorCategory.OperationTimeout);
    }

    [Fact]
    public void Waiting_for_another_receiver_runs_out_too()
    {
        Start("echo one; read go");
        object process = Session.Single("$p");
        using RunningScript follower = Session.Begin("Receive-HcsProcessOutput $p -Wait");
        follower.WaitForOutput(1);
        using var second = Session.WithoutHost();
        second.Run("Receive-HcsProcessOutput $p -Wait -TimeoutSec 0", ("p", process))
            .RequireError("HcsOperationTimeout", ErrorCategory.OperationTimeout);
    }

    [Fact]
    public void Without_a_pipe_there_is_one_error_and_the_rest_are_read()
    {
        Start("echo good");
        ScriptResult result = Session.Run(
            "$bad, $p | Receive-HcsProcessOutput -Wait", ("bad", Session.StartProcess(Session.NewRunning(), "sleep", "100")));
        result.RequireError("HcsNoPipe", ErrorCategory.InvalidOperation);
        Assert.Equal(["good"], Text(result.Output));
    }

    [Fact]
    public void A_process_of_another_host_is_read_there_and_another_host_is_refused()
    {
        using var other = new Session();
        object process = other.Single(
            "Start-HcsProcess $c -CommandArg echo, far -CreateStdOutPipe", ("c", other.NewRunning()));
        Session.Run("Receive-HcsProcessOutput $p -HcsHost $h", ("p", process), ("h", Session.HostName))
            .RequireError("HcsHostMismatch", ErrorCategory.InvalidArgument);
        Assert.Equal("far", Session.Single("$p | Receive-HcsProcessOutput -Wait"));
    }

    [Fact]
    public void Two_commands_do_not_tear_the_output_apart()
    {
        Start("echo one; read go");
        object process = Session.Single("$p");
        using RunningScript follower = Session.Begin("Receive-HcsProcessOutput $p -Wait");
        follower.WaitForOutput(1);
        using var second = Session.WithoutHost();
        ScriptResult result = second.Run("Receive-HcsProcessOutput $p -Verbose", ("p", process));
        Assert.Contains("Another command receives", Assert.Single(result.RequireNoErrors().Verbose), StringComparison.Ordinal);
    }

    private void Start(string script) => Session.Get(
        "$p = Start-HcsProcess $c -CommandArg sh, -c, $s -CreateStdInPipe -CreateStdOutPipe -CreateStdErrPipe",
        ("c", Session.NewRunning()), ("s", script));

    private static string[] Text(IEnumerable<PSObject> lines) => [.. lines.Select(line => (string)line.BaseObject)];
}
