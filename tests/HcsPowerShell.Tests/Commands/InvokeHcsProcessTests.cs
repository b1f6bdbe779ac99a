using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

public sealed class InvokeHcsProcessTests(Session session) : SessionTests(session)
{
    [Fact]
    public void Standard_output_comes_line_by_line()
    {
        Assert.Equal(["a", "", "b c", "end"], Lines("printf 'a\\n\\nb c\\r\\nend'"));
    }

    [Fact]
    public void Lines_from_the_pipeline_are_its_input()
    {
        Assert.Equal(
            ["1", "two", "c"],
            Session.Get("1, 'two', 'c' | Invoke-HcsProcess $c.Id cat", ("c", (object)Session.NewRunning())).Select(l => (string)l.BaseObject));
        Assert.Equal(["x"], Session.Get("Invoke-HcsProcess $c cat -InputObject x").Select(l => (string)l.BaseObject));
    }

    [Fact]
    public void Without_input_standard_input_is_empty() => Assert.Equal(["0"], Lines("wc -c"));

    [Fact]
    public void Empty_input_ends_at_once() =>
        Assert.Empty(Session.Get("@() | Invoke-HcsProcess $c cat", ("c", (object)Session.NewRunning())));

    [Fact]
    public void Standard_error_goes_to_the_error_stream()
    {
        ScriptResult result = Run("echo out; echo bad >&2; echo worse >&2");
        Assert.Equal("out", Assert.Single(result.Output).BaseObject);
        Assert.Equal(["bad", "worse"], result.Errors.Select(e => e.ToString()));
        Assert.All(result.Errors, e => Assert.Equal(ErrorCategory.FromStdErr, e.CategoryInfo.Category));
    }

    [Fact]
    public void An_exit_code_is_no_error_and_a_number_scripts_know_to_look_at()
    {
        Run("exit 3").RequireNoErrors();
        Assert.Equal(3, (int)Session.Single("$LASTEXITCODE"));
        Run("exit 0").RequireNoErrors();
        Assert.Equal(0, (int)Session.Single("$LASTEXITCODE"));
    }

    [Fact]
    public void PassThru_gives_one_result_with_both_outputs()
    {
        dynamic result = Session.Single(
            "Invoke-HcsProcess $c -CommandArg sh, -c, 'echo a; echo b; echo e >&2; exit 3' -PassThru", ("c", Session.NewRunning()));
        Assert.Equal(3, (long)result.ExitCode);
        Assert.Equal(["a", "b"], (IReadOnlyList<string>)result.StandardOutput);
        Assert.Equal(["e"], (IReadOnlyList<string>)result.StandardError);
        Assert.True((TimeSpan)result.Duration > TimeSpan.Zero);
    }

    [Fact]
    public void The_first_line_arrives_while_the_process_runs()
    {
        dynamic container = Session.NewRunning();
        using RunningScript running = Session.Begin(
            "Invoke-HcsProcess $c -CommandArg sh, -c, 'echo $$; exec sleep 100'", ("c", container));
        running.WaitForOutput(1);
        int process = int.Parse((string)running.Output[0].BaseObject, null);
        Assert.True(ProcessTable.IsAlive(process));
        Assert.False(running.HasEnded);
    }

    [Fact]
    public void Bytes_pass_unharmed()
    {
        byte[] sent = new byte[3 * 1024 * 1024 + 7];
        new Random(1).NextBytes(sent);
        IReadOnlyList<PSObject> output = Session.Get(
            "Invoke-HcsProcess $c cat -AsByteStream -InputObject $bytes", ("c", Session.NewRunning()), ("bytes", sent));
        Assert.Equal(sent, output.SelectMany(chunk => (byte[])chunk.BaseObject).ToArray());
    }

    [Fact]
    public void Many_lines_pass_in_order()
    {
        Assert.Equal(
            Enumerable.Range(1, 100_000).Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            Lines("seq 100000"));
    }

    [Theory]
    [InlineData("utf8", "c3a4e282ac0a")]
    [InlineData("unicode", "e400ac200a00")]
    [InlineData("iso-8859-1", "e43f0a")]
    public void Encoding_is_that_of_input_and_output(string encoding, string hex)
    {
        dynamic container = Session.NewRunning();
        Assert.Equal(
            hex,
            (string)Session.Single(
                "'ä€' | Invoke-HcsProcess $c -CommandArg sh, -c, $s -Encoding $e -AsByteStream | ForEach-Object { [Text.Encoding]::ASCII.GetString($_) }",
                ("c", container), ("e", encoding), ("s", "od -An -tx1 | tr -d ' \\n'")));
        Assert.Equal(
            encoding == "iso-8859-1" ? "ä?" : "ä€",
            (string)Session.Single("'ä€' | Invoke-HcsProcess $c cat -Encoding $e", ("e", encoding)));
    }

    [Theory]
    [InlineData("unicode", @"\377\376h\000i\000\n\000")]
    [InlineData("bigendianunicode", @"\376\377\000h\000i\000\n")]
    [InlineData("utf8", @"\357\273\277hi\n")]
    [InlineData("utf8BOM", @"\357\273\277hi\n")]
    [InlineData("utf8BOM", @"hi\n")]
    public void A_byte_order_mark_is_no_text(string encoding, string written)
    {
        dynamic container = Session.NewRunning();
        (string, object?)[] given = [("c", (object)container), ("e", encoding), ("w", written)];
        Assert.Equal("hi", Session.Single("Invoke-HcsProcess $c printf $w -Encoding $e", given));
        Assert.Equal("hi", Session.Single("(Invoke-HcsProcess $c printf $w -Encoding $e -PassThru).StandardOutput", given));
        Assert.Equal("hi", Session.Single(
            "Start-HcsProcess $c printf $w -CreateStdOutPipe | Receive-HcsProcessOutput -Wait -Encoding $e", given));
        Assert.Equal("hi", Session.Single(
            "Invoke-HcsProcess $c -CommandArg sh, -c, \"printf '$w' >&2\" -Encoding $e 2>&1 | ForEach-Object ToString", given));
    }

    [Fact]
    public void A_character_split_over_two_writes_stays_whole() =>
        Assert.Equal(["€"], Lines("printf '\\342'; sleep 0.2; printf '\\202\\254\\n'"));

    [Theory]
    [InlineData(@"printf 'a\303'", "a\uFFFD")]
    [InlineData(@"printf '\303'", "\uFFFD")]
    public void A_character_that_was_not_written_to_its_end_is_seen(string script, string line) =>
        Assert.Equal([line], Session.Get(
            "Invoke-HcsProcess $c -CommandArg sh, -c, $s", ("c", (object)Session.NewRunning()), ("s", script))
            .Select(o => (string)o.BaseObject));

    [Fact]
    public void It_ends_with_the_process_though_a_child_keeps_the_pipes()
    {
        dynamic container = Session.NewRunning();
        using RunningScript running = Session.Begin(
            "'x' | Invoke-HcsProcess $c -CommandArg sh, -c, 'sleep 100 <&0 & echo $!'", ("c", container));
        running.Wait();
        int child = int.Parse((string)Assert.Single(running.Output).BaseObject, null);
        Assert.True(ProcessTable.IsAlive(child));
    }

    [Fact]
    public void Input_the_process_does_not_read_is_dropped_with_its_exit()
    {
        ScriptResult result = Session.Run(
            "$bytes | Invoke-HcsProcess $c -CommandArg sh, -c, 'exit 4'; $LASTEXITCODE",
            ("c", (object)Session.NewRunning()),
            ("bytes", new[] { new byte[1024 * 1024], new byte[1024 * 1024] })).RequireNoErrors();
        Assert.Equal(4, Assert.Single(result.Output).BaseObject);
    }

    [Fact]
    public void TimeoutSec_ends_the_process()
    {
        dynamic container = Session.NewRunning();
        ScriptResult result = Session.Run(
            "Invoke-HcsProcess $c -CommandArg sh, -c, 'echo $$; exec sleep 100' -TimeoutSec 3; 'went on'", ("c", container));
        result.RequireError("HcsOperationTimeout", ErrorCategory.OperationTimeout);
        Assert.Equal("went on", result.Output[1].BaseObject);
        ProcessTable.WaitUntilGone(int.Parse((string)result.Output[0].BaseObject, null));
    }

    [Fact]
    public void TimeoutSec_ends_a_process_that_does_not_read_its_input()
    {
        ScriptResult result = Session.Run(
            "Invoke-HcsProcess $c 'sleep 100' -TimeoutSec 1 -InputObject $bytes",
            ("c", (object)Session.NewRunning()),
            ("bytes", new byte[1024 * 1024]));
        result.RequireError("HcsOperationTimeout", ErrorCategory.OperationTimeout);
        Poll.Until(() => Session.Get("Get-HcsProcess $c").Count == 0, "the process to be ended");
    }

    [Fact]
    public void It_runs_in_several_containers_at_once()
    {
        string prefix = Session.NewId();
        IReadOnlyList<PSObject> results = Session.Get(
            "1..3 | ForEach-Object { $null = New-HcsContainer \"$p-$_\" -Start }; 'x', 'y' | Invoke-HcsProcess \"$p-*\" cat -PassThru",
            ("p", prefix));
        Assert.Equal(3, results.Select(r => (string)((dynamic)r.BaseObject).ContainerId).Distinct().Count());
        Assert.All(results, r => Assert.Equal(["x", "y"], (IReadOnlyList<string>)((dynamic)r.BaseObject).StandardOutput));
    }

    [Fact]
    public void One_bad_target_is_one_error_and_the_rest_run()
    {
        dynamic container = Session.NewRunning();
        ScriptResult result = Session.Run("Invoke-HcsProcess 'missing', $c.Id 'echo hi'", ("c", container));
        result.RequireError("HcsSystemNotFound", ErrorCategory.ObjectNotFound);
        Assert.Equal("hi", Assert.Single(result.Output).BaseObject);
    }

    [Fact]
    public void WhatIf_runs_nothing()
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "made");
        Assert.Empty(Session.Get(
            "'x' | Invoke-HcsProcess $c -CommandArg touch, $f -WhatIf", ("c", (object)Session.NewRunning()), ("f", file)));
        Assert.False(File.Exists(file));
    }

    [Fact]
    public void AsJob_runs_to_the_end_with_its_input()
    {
        Assert.Equal(
            ["x", "y"],
            Session.Get("'x', 'y' | Invoke-HcsProcess $c cat -AsJob | Wait-Job | Receive-Job", ("c", (object)Session.NewRunning()))
                .Select(l => (string)l.BaseObject));
    }

    [Theory]
    [InlineData("while :; do echo y; done")]
    [InlineData("echo y; exec sleep 100")]
    [InlineData("sleep 0.3; echo y; exec sleep 100")]
    public void A_pipeline_that_has_enough_ends_the_process(string script)
    {
        using RunningScript running = Session.Begin(
            "foreach ($once in 1) { Invoke-HcsProcess $c -CommandArg sh, -c, $s | ForEach-Object { break } }",
            ("c", (object)Session.NewRunning()),
            ("s", script));
        running.Wait();
        Poll.Until(() => Session.Get("Get-HcsProcess $c").Count == 0, "the process to be ended");
    }

    private ScriptResult Run(string script) =>
        Session.Run("Invoke-HcsProcess $c -CommandArg sh, -c, $s", ("c", (object)Session.NewRunning()), ("s", script));

    private IEnumerable<string> Lines(string script) => Run(script).RequireNoErrors().Output.Select(l => (string)l.BaseObject);
}
