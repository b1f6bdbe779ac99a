using Xunit;

namespace HcsPowerShell.Shell.Tests;

public sealed class ExitCodeTests(InstalledShell shell)
{
    [Theory]
    [InlineData("'x'", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("& { exit 8 }", 8)]
    [InlineData("throw 'x'", 1)]
    [InlineData("No-Such", 1)]
    [InlineData("No-Such; 'x'", 0)]
    [InlineData("Write-TestStream", 1)]
    [InlineData("1 +", 1)]
    [InlineData("", 0)]
    public void Command_gives(string command, int exitCode) => Assert.Equal(exitCode, shell.Run("-c", command).ExitCode);

    [Theory]
    [InlineData("'x'", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("exit", 0)]
    [InlineData("throw 'x'", 1)]
    [InlineData("No-Such", 0)]
    [InlineData("1 +", 1)]
    [InlineData("[CmdletBinding()]param() Write-TestStream; exit 0", 0)]
    [InlineData("function f { exit 6 }; f; 'not reached'", 6)]
    public void File_gives(string script, int exitCode) =>
        Assert.Equal(exitCode, shell.Run(shell.Script($"exit{exitCode} {script.Length}.ps1", script)).ExitCode);

    [Fact]
    public void A_failing_program_is_a_failure_of_a_command_but_not_of_a_script()
    {
        string fail = $"& '{shell.Program}' -Bogus 2>$null";

        Assert.Equal(1, shell.Run("-c", fail).ExitCode);
        Assert.Equal(0, shell.Run(shell.Script("native.ps1", fail)).ExitCode);
        Assert.Equal("64\n", shell.Run("-c", fail + "; $LASTEXITCODE").Output);
    }

    [Fact]
    public void A_script_called_by_a_script_ends_only_itself()
    {
        string inner = shell.Script("inner.ps1", "exit 3");

        ShellResult result = shell.Run(shell.Script("outer.ps1", $"& '{inner}'; $LASTEXITCODE; exit 4"));

        Assert.Equal("3\n", result.Output);
        Assert.Equal(4, result.ExitCode);
    }
}
