using System;
using System.Diagnostics;
using System.Threading.Tasks;
using Xunit;

namespace HcsPowerShell.Shell.Tests;

public sealed class SignalTests(InstalledShell shell)
{
    private static readonly TimeSpan s_prompt = TimeSpan.FromSeconds(15);

    [Theory]
    [InlineData("while ($true) { }")]
    [InlineData("Wait-TestSignal")]
    public async Task Ctrl_C_stops_a_script_and_its_clean_up_runs(string command)
    {
        // As with pwsh, a script that is interrupted ends with 0.
        string script = shell.Script(
            $"endless {command.Length}.ps1",
            $"'started'; try {{ {command} }} finally {{ [Console]::Out.WriteLine('cleaned up') }}; 'not reached'");

        ShellResult result = await Interrupt("INT", script);

        Assert.EndsWith("cleaned up\n", result.Output, StringComparison.Ordinal);
        Assert.Empty(result.Error);
        Assert.Equal(0, result.ExitCode);
    }

    [Theory]
    [InlineData("while ($true) { }")]
    [InlineData("Wait-TestSignal")]
    public async Task Ctrl_C_fails_a_command(string command) =>
        Assert.Equal(1, (await Interrupt("INT", "-c", $"'started'; {command}")).ExitCode);

    [Fact]
    public async Task A_request_to_end_runs_the_clean_up_too()
    {
        ShellResult result = await Interrupt(
            "TERM", "-c", "'started'; try { while ($true) { } } finally { [Console]::Out.WriteLine('cleaned up') }");

        Assert.Equal("cleaned up\n", result.Output);
        Assert.Equal(143, result.ExitCode);
    }

    private async Task<ShellResult> Interrupt(string signal, params string[] arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signal that a test could send to one process.");
        using ShellProcess process = shell.Start(arguments);
        await process.ReadUntil("started\n");
        var time = Stopwatch.StartNew();
        process.Signal(signal);
        ShellResult result = process.WaitForExit();
        Assert.True(time.Elapsed < s_prompt, $"It took {time.Elapsed} to stop.");
        return result;
    }
}
