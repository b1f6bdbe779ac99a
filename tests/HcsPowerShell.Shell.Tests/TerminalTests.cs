using System;
using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace HcsPowerShell.Shell.Tests;

/// <summary>The shell on a pseudo terminal, which the program <c>script</c> makes.</summary>
public sealed class TerminalTests(InstalledShell shell)
{
    private const string CtrlC = "\x03";
    private const string CtrlD = "\x04";

    [Fact]
    public async Task Commands_run_at_the_prompt_and_exit_gives_the_code()
    {
        using ShellProcess terminal = Open();
        await terminal.ReadUntil("> ");

        await Type(terminal, "40 + 2\r", "\r\n42\r\n");
        await Type(terminal, "if ($true) {\r", ">> ");
        await Type(terminal, "'bl' + 'ock'\r", ">> ");
        await Type(terminal, "}\r", "\r\nblock\r\n");
        await terminal.ReadUntil("> ");
        await Type(terminal, "exit 3\r", "\r\n");

        Assert.Equal(3, terminal.WaitForExit().ExitCode);
    }

    [Fact]
    public async Task Ctrl_C_stops_the_command_and_then_clears_the_line()
    {
        using ShellProcess terminal = Open();
        await terminal.ReadUntil("> ");

        await Type(terminal, "'go' + 'ing'; while ($true) { }\r", "\r\ngoing\r\n");
        await Type(terminal, CtrlC, "> ");
        await Type(terminal, "'wrong", "'wrong");
        await Type(terminal, CtrlC, "^C\r\n");
        await terminal.ReadUntil("> ");
        await Type(terminal, "'al' + 'ive'\r", "\r\nalive\r\n");
        await terminal.ReadUntil("> ");
        await Type(terminal, CtrlD, "\r\n");

        Assert.Equal(0, terminal.WaitForExit().ExitCode);
    }

    [Fact]
    public async Task The_last_command_comes_back_and_can_be_changed()
    {
        using ShellProcess terminal = Open();
        await terminal.ReadUntil("> ");

        await Type(terminal, "40 + 2\r", "\r\n42\r\n");
        await terminal.ReadUntil("> ");
        await Type(terminal, "\x1b[A\x7f" + "3\r", "\r\n43\r\n");
    }

    [Theory]
    [InlineData("y", "removed\r\n")]
    [InlineData("s\rexit\rYes", "removed\r\n")]
    [InlineData("?\rn", "> ")]
    [InlineData(CtrlC, "^C\r\n")]
    public async Task A_question_is_answered(string answer, string then)
    {
        using ShellProcess terminal = Open();
        await terminal.ReadUntil("> ");

        await Type(terminal, "Remove-TestLayer\r", "(default is \"Y\"): ");
        foreach (string part in answer.Split('\r')[..^1])
        {
            await Type(terminal, part + "\r", part == "s" ? ">> " : "(default is \"Y\"): ");
        }

        string last = answer.Split('\r')[^1];
        await Type(terminal, last == CtrlC ? last : last + "\r", then);
    }

    [Fact]
    public async Task Progress_is_drawn_on_one_line_and_leaves_nothing_behind()
    {
        string signal = Path.Combine(shell.Folder, "progress seen");
        string script = shell.Script("progress.ps1", $"'begin'; Write-TestProgress -Until '{signal}'; 'end'");
        using ShellProcess terminal = Open(script);

        await terminal.ReadUntil("begin\r\n");
        string drawn = await terminal.ReadUntil("50%: a layer");
        Assert.DoesNotContain('\n', drawn);
        await File.WriteAllTextAsync(signal, string.Empty, TestContext.Current.CancellationToken);

        string rest = await terminal.ReadUntil("end\r\n");
        Assert.EndsWith("\r\e[Kend\r\n", rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_terminal_gets_colours()
    {
        using ShellProcess terminal = Open("-c", "Write-TestStream");

        Assert.Contains("\e[33;1mWARNING: a warning\e[0m", await terminal.ReadUntil("an error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NO_COLOR_is_respected()
    {
        using ShellProcess terminal = OpenIn("NO_COLOR=1", "-c", "Write-TestStream");

        Assert.DoesNotContain("\e[33", await terminal.ReadUntil("an error"), StringComparison.Ordinal);
    }

    private static async Task Type(ShellProcess terminal, string keys, string then)
    {
        await terminal.Input.WriteAsync(keys);
        await terminal.Input.FlushAsync(TestContext.Current.CancellationToken);
        await terminal.ReadUntil(then);
    }

    private ShellProcess Open(params string[] arguments) => OpenIn(string.Empty, arguments);

    private ShellProcess OpenIn(string environment, params string[] arguments)
    {
        const string Script = "/usr/bin/script";
        Assert.SkipUnless(File.Exists(Script), $"There is no {Script} to make a pseudo terminal.");

        // A shell in between would get the Ctrl+C as well, and give its own exit code.
        string command = $"exec env {environment} '{shell.Program}'";
        foreach (string argument in arguments)
        {
            command += $" '{argument}'";
        }

        return new ShellProcess(Script, ["-qfec", command, "/dev/null"]);
    }
}
