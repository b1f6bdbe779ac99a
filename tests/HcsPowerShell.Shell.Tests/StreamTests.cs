using System;
using System.Threading.Tasks;
using Xunit;

namespace HcsPowerShell.Shell.Tests;

public sealed class StreamTests(InstalledShell shell)
{
    private const string Everything =
        "$VerbosePreference = $DebugPreference = 'Continue'; Write-TestStream; \"`e[31mred`e[0m\"; throw 'x'";

    [Fact]
    public void Errors_go_to_standard_error_and_all_else_to_standard_output()
    {
        ShellResult result = shell.Run("-c", "$VerbosePreference = $DebugPreference = 'Continue'; Write-TestStream");

        Assert.Equal(
            "an output\nWARNING: a warning\nVERBOSE: a verbose message\nDEBUG: a debug message\na host message\n",
            result.Output);
        Assert.Equal("Write-TestStream: an error\n", result.Error);
    }

    [Fact]
    public void A_file_or_a_pipe_gets_no_escape_codes()
    {
        ShellResult result = shell.Run(shell.Script("colours.ps1", Everything));

        Assert.Contains("red", result.Output, StringComparison.Ordinal);
        Assert.Contains("an error", result.Error, StringComparison.Ordinal);
        Assert.Contains("     | x\n", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', result.Output);
        Assert.DoesNotContain('\e', result.Error);
        Assert.DoesNotContain("an activity", result.Output + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_terminating_error_is_shown_with_its_place()
    {
        string script = shell.Script("fails.ps1", "'before'\nthrow 'no luck'\n");

        ShellResult result = shell.Run(script);

        Assert.Equal("before\n", result.Output);
        Assert.StartsWith($"Exception: {script}:2\nLine |\n   2 |  throw 'no luck'\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_of_the_module_has_the_width_of_120_columns()
    {
        string path = "/" + new string('p', 90);

        Assert.Contains($"base  {path}\n", shell.Run("-c", $"Get-TestLayer -Path {path}").Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_comes_while_the_script_runs()
    {
        using ShellProcess process = shell.Start("-c", "'first'; $null = [Console]::In.ReadLine(); 'second'");

        Assert.Equal("first\n", await process.ReadUntil("\n"));
        await process.Input.WriteLineAsync("go on");
        Assert.Equal("second\n", process.WaitForExit().Output);
    }
}
