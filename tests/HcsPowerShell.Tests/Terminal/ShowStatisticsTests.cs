using System;
using System.Text.RegularExpressions;
using Xunit;

namespace HcsPowerShell.Tests.Terminal;

/// <summary>Tests Show-HcsStatistics at a prompt, in a terminal of 71 x 24.</summary>
public sealed class ShowStatisticsTests
{
    private const string Heading = "CONTAINER";
    private const string OverTwoLines = "\r\e[2A";

    [Fact]
    public void The_table_is_drawn_over_itself_as_wide_as_the_terminal_and_in_colours()
    {
        using var prompt = new Prompt();
        prompt.Type("Show-HcsStatistics c -IntervalSec 0.05 -SampleCount 3\r", Heading);
        string first = prompt.ReadUntil(OverTwoLines);
        string[] lines = first.Split("\e[K\r\n");
        Assert.Equal(3, lines.Length);
        Assert.Contains("\e[36m", lines[1], StringComparison.Ordinal);
        Assert.Equal(69, Regex.Replace(lines[1], "\e\\[[0-9;]*m", string.Empty).Length);
        string rest = prompt.ReadUntil(Prompt.Text);
        Assert.Equal(2, rest.Split(OverTwoLines).Length);
        Assert.DoesNotContain("rror", rest, StringComparison.Ordinal);
    }

    [Fact]
    public void Ctrl_C_ends_it_and_the_prompt_comes_below()
    {
        using var prompt = new Prompt();
        prompt.Type("Show-HcsStatistics c -IntervalSec 0.05\r", OverTwoLines);
        prompt.Type(PseudoTerminal.CtrlC, Prompt.Text);
        prompt.Type("40 + 2\r", "42\r\n");
    }

    [Fact]
    public void NO_COLOR_is_respected_and_the_table_still_drawn_in_place()
    {
        using var prompt = new Prompt(("NO_COLOR", "1"));
        prompt.Type("Show-HcsStatistics c -IntervalSec 0.05 -SampleCount 2\r", Heading);
        Assert.DoesNotContain("\e[36m", prompt.ReadUntil(OverTwoLines), StringComparison.Ordinal);
    }

    [Fact]
    public void Q_ends_it_and_the_prompt_comes_below()
    {
        using var prompt = new Prompt();
        prompt.Type("Show-HcsStatistics c -IntervalSec 5\r", Heading);
        prompt.Type("q", Prompt.Text);
        prompt.Type("40 + 2\r", "42\r\n");
    }

    [Fact]
    public void A_key_sorts_the_table_at_once()
    {
        using var prompt = new Prompt();
        prompt.Type("$null = New-HcsContainer a -Start; $null = New-HcsContainer z -Start; 1\r", "1\r\n");
        prompt.ReadUntil(Prompt.Text);
        prompt.Type("Show-HcsStatistics z, a -IntervalSec 60\r", Heading);
        string first = prompt.ReadUntil("\e[J");
        Assert.True(first.IndexOf("\nz ", StringComparison.Ordinal) < first.IndexOf("\na ", StringComparison.Ordinal), first);
        prompt.Type("n", Heading);
        string sorted = prompt.ReadUntil("\e[J");
        Assert.True(sorted.IndexOf("\na ", StringComparison.Ordinal) < sorted.IndexOf("\nz ", StringComparison.Ordinal), sorted);
        prompt.Type("q", Prompt.Text);
    }
}
