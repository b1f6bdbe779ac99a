using System;
using Xunit;

namespace HcsPowerShell.Shell.Tests;

public sealed class StandardInputTests(InstalledShell shell)
{
    [Fact]
    public void Commands_are_read_without_a_prompt()
    {
        ShellResult result = shell.RunWithInput("1 + 1\nif ($true) {\n'block'\n}\nelse { 'no' }\n\n'last'", "-c", "-");

        Assert.Equal("2\nblock\nlast\n", result.Output);
        Assert.Equal(0, result.ExitCode);
    }

    [Theory]
    [InlineData("exit 5\n'not reached'\n", 5)]
    [InlineData("No-Such\n", 1)]
    [InlineData("throw 'x'\n", 1)]
    [InlineData("throw 'x'\n'goes on'\n", 0)]
    [InlineData("1 + * 2\n", 1)]
    [InlineData("if ($true) { exit 6", 1)]
    [InlineData("if ($true) {\nexit 6 }", 6)]
    public void The_last_command_gives_the_exit_code(string input, int exitCode) =>
        Assert.Equal(exitCode, shell.RunWithInput(input, "-c", "-").ExitCode);

    [Fact]
    public void Without_arguments_prompt_and_command_are_echoed()
    {
        ShellResult result = shell.RunWithInput("1 + 1\n");

        Assert.Contains("> 1 + 1\n2\n", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', result.Output);
    }

    [Theory]
    [InlineData("-c", "$input | ForEach-Object { \"<$_>\" }")]
    [InlineData("-NonInteractive", "-c", "foreach ($line in $input) { \"<$line>\" }")]
    public void A_command_that_uses_input_gets_the_lines(params string[] arguments) =>
        Assert.Equal("<a>\n<b>\n", shell.RunWithInput("a\nb\n", arguments).Output);

    [Theory]
    [InlineData("Remove-TestLayer")]
    [InlineData("$Host.UI.ReadLine()")]
    [InlineData("$Host.UI.PromptForCredential('', '', 'user', '')")]
    public void A_question_fails_at_once(string command)
    {
        ShellResult result = shell.RunWithInput("y\n", "-c", command);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("not interactive", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("removed", result.Output, StringComparison.Ordinal);
    }
}
