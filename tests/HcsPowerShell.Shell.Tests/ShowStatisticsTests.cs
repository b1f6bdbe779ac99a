using System;
using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace HcsPowerShell.Shell.Tests;

/// <summary>Show-HcsStatistics at a real terminal, which the program <c>script</c> makes.</summary>
public sealed class ShowStatisticsTests
{
    private const string CtrlC = "\x03";
    private const string Heading = "CONTAINER";
    private const string OverTwoLines = "\r\e[2A";

    [Fact]
    public async Task The_table_is_drawn_over_itself_as_wide_as_the_terminal_and_in_colours()
    {
        using ShellProcess terminal = await Open(string.Empty, "Show-HcsStatistics c -IntervalSec 0.05 -SampleCount 3");
        await terminal.ReadUntil(Heading);
        string first = await terminal.ReadUntil(OverTwoLines);
        string[] lines = first.Split("\e[K\r\n");
        Assert.Equal(3, lines.Length);
        Assert.Contains("\e[36m", lines[1], StringComparison.Ordinal);
        Assert.Equal(69, System.Text.RegularExpressions.Regex.Replace(lines[1], "\e\\[[0-9;]*m", string.Empty).Length);
        string rest = await terminal.ReadUntil("> ");
        Assert.Equal(2, rest.Split(OverTwoLines).Length);
        Assert.DoesNotContain("rror", rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_ends_it_and_the_prompt_comes_below()
    {
        using ShellProcess terminal = await Open(string.Empty, "Show-HcsStatistics c -IntervalSec 0.05");
        await terminal.ReadUntil(OverTwoLines);
        await terminal.Input.WriteAsync(CtrlC);
        await terminal.Input.FlushAsync(TestContext.Current.CancellationToken);
        await terminal.ReadUntil("> ");
    }

    [Fact]
    public async Task NO_COLOR_is_respected_and_the_table_still_drawn_in_place()
    {
        using ShellProcess terminal = await Open("NO_COLOR=1", "Show-HcsStatistics c -IntervalSec 0.05 -SampleCount 2");
        await terminal.ReadUntil(Heading);
        Assert.DoesNotContain("\e[36m", await terminal.ReadUntil(OverTwoLines), StringComparison.Ordinal);
    }

    /// <summary>A prompt at a terminal of 24 x 71 at which a container c runs and a command was typed.</summary>
    private static async Task<ShellProcess> Open(string environment, string command)
    {
        const string Script = "/usr/bin/script";
        Assert.SkipUnless(File.Exists(Script), $"There is no {Script} to make a pseudo terminal.");
        string outer =
            $"stty rows 24 cols 71; exec env HCS_HOST=embedded {environment} '{InstalledShell.ProgramWithModule}'";
        var terminal = new ShellProcess(Script, ["-qfec", outer, "/dev/null"]);
        await terminal.ReadUntil("> ");
        foreach (string line in new[] { "$null = New-HcsContainer c -Start; 'rea' + 'dy'", command })
        {
            await terminal.Input.WriteAsync(line + "\r");
            await terminal.Input.FlushAsync(TestContext.Current.CancellationToken);
            if (line != command)
            {
                await terminal.ReadUntil("\r\nready\r\n");
                await terminal.ReadUntil("> ");
            }
        }

        return terminal;
    }
}
