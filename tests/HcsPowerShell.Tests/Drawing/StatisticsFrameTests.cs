using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Drawing;
using Xunit;

namespace HcsPowerShell.Tests.Drawing;

public sealed class StatisticsFrameTests
{
    private static readonly FrameColours s_marks = new("<h>", "<c>", "<r>");

    [Fact]
    public void Values_and_charts_stand_below_their_headings()
    {
        IReadOnlyList<string> lines = new StatisticsFrame([Row("web", 2)], 81, 24, FrameColours.None, Cells).Lines;
        Assert.Equal(
            [
                "CONTAINER        CPU                 MEMORY                STORAGE",
                "web           12.5 %          ▂▂     2.0 KB          ██   4.0 KB/s          ██",
            ],
            lines);
    }

    [Fact]
    public void Rows_of_several_computers_tell_them()
    {
        var there = new StatisticsRow("db", "hosta.contoso.com");
        there.Add(12.5, 2048, 4096);
        IReadOnlyList<string> lines = new StatisticsFrame([new StatisticsRow("web", "vm"), there], 60, 24, FrameColours.None, Cells).Lines;
        Assert.Equal(["COMPUTER    CONTAINER", "vm          web", "hosta.con…  db"], lines.Select(line => line[..21].TrimEnd()));
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 59));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(120)]
    [InlineData(80)]
    [InlineData(60)]
    [InlineData(40)]
    [InlineData(12)]
    [InlineData(2)]
    public void No_line_is_as_wide_as_the_terminal(int width)
    {
        IReadOnlyList<string> lines = new StatisticsFrame(
            [Row(new string('x', 255), 3), Row("web", 300), Exited("gone")], width, 24, FrameColours.None, Cells).Lines;
        Assert.Equal(4, lines.Count);
        Assert.All(lines, line => Assert.InRange(line.Length, 1, width - 1));
    }

    [Theory]
    [InlineData(24, 23)]
    [InlineData(5, 4)]
    [InlineData(3, 2)]
    public void A_frame_leaves_a_line_of_the_terminal_free_and_tells_how_many_it_does_not_show(int height, int count)
    {
        StatisticsRow[] rows = [.. Enumerable.Range(0, 50).Select(i => Row("c" + i, 1))];
        IReadOnlyList<string> lines = new StatisticsFrame(rows, 80, height, FrameColours.None, Cells).Lines;
        Assert.Equal(count, lines.Count);
        Assert.Equal($"and {50 - (count - 2)} more", lines[^1]);
    }

    [Theory]
    [InlineData("データベース", 40, "データベ… ")]
    [InlineData("データベース", 48, "データベース")]
    [InlineData("web-データ", 38, "web-デー…")]
    [InlineData("a\U00020000\U00020000\U00020000\U00020000\U00020000", 40, "a\U00020000\U00020000\U00020000\U00020000…")]
    public void An_id_takes_the_cells_of_its_script(string id, int width, string shown)
    {
        string line = new StatisticsFrame([Row(id, 2)], width, 24, FrameColours.None, Cells).Lines[1];
        Assert.StartsWith(shown + "  ", line, StringComparison.Ordinal);
        Assert.InRange(Cells(line), 1, width - 1);
    }

    [Fact]
    public void Colours_take_no_room()
    {
        string Plain(string line) => s_marks.GetType().GetProperties()
            .Where(p => p.PropertyType == typeof(string))
            .Aggregate(line, (text, p) => text.Replace((string)p.GetValue(s_marks)!, string.Empty, StringComparison.Ordinal));
        StatisticsRow[] rows = [Row("web", 5)];
        IReadOnlyList<string> coloured = new StatisticsFrame(rows, 90, 24, s_marks, Cells).Lines;
        Assert.StartsWith("<h>CONTAINER", coloured[0], StringComparison.Ordinal);
        Assert.Contains("<c>", coloured[1], StringComparison.Ordinal);
        Assert.Equal(new StatisticsFrame(rows, 90, 24, FrameColours.None, Cells).Lines, coloured.Select(Plain));
    }

    [Fact]
    public void A_container_that_has_exited_says_so() =>
        Assert.Equal("gone       exited", new StatisticsFrame([Exited("gone")], 80, 24, FrameColours.None, Cells).Lines[1]);

    [Fact]
    public void Each_frame_is_drawn_over_the_one_before()
    {
        var painter = new FramePainter();
        string end = "\e[K" + Environment.NewLine;
        Assert.Equal($"a{end}b{end}\e[J", painter.Paint(["a", "b"], 80));
        Assert.Equal($"\r\e[2Ac{end}\e[J", painter.Paint(["c"], 80));
        Assert.Equal($"\r\e[1Ad{end}\e[J", painter.Paint(["d"], 80));
        painter.BeginBelow();
        Assert.Equal($"e{end}\e[J", painter.Paint(["e"], 80));
    }

    // Like a terminal: two cells for a character of an Asian script, whether it takes one UTF-16 unit or two.
    private static int Cells(string text) => text.EnumerateRunes().Sum(rune => rune.Value >= 0x2E80 && rune.Value != 0xFFFD ? 2 : 1);

    private static StatisticsRow Row(string id, int samples)
    {
        var row = new StatisticsRow(id);
        for (int i = 0; i < samples; i++)
        {
            row.Add(12.5, 2048, 4096);
        }

        return row;
    }

    private static StatisticsRow Exited(string id)
    {
        StatisticsRow row = Row(id, 1);
        row.Exit();
        return row;
    }
}
