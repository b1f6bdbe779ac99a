using System;
using System.Collections.Generic;
using System.Linq;

namespace HcsPowerShell.Drawing;

/// <summary>A table of containers with a small chart in each cell, as wide as the terminal and no higher.</summary>
/// <param name="rows">The containers.</param>
/// <param name="width">The width of the terminal, in cells.</param>
/// <param name="height">The height of the terminal, in lines.</param>
/// <param name="colours">The control sequences for the parts.</param>
/// <param name="cells">Counts the cells of a text: a character of an Asian script takes two.</param>
internal sealed class StatisticsFrame(
    IReadOnlyList<StatisticsRow> rows, int width, int height, FrameColours colours, Func<string, int> cells)
{
    private const string Title = "CONTAINER";
    private const string ComputerTitle = "COMPUTER";
    private const int Columns = 3;
    private const int Gap = 2;
    private const int WidestChart = 40;
    private const int OneProcessor = 100;

    // The last column stays free: a terminal may begin a new line after it.
    private readonly int _width = Math.Max(width - 1, 1);
    private readonly int _idWidth = Math.Max(
        Title.Length, Math.Min(rows.Select(r => cells(r.ContainerId)).DefaultIfEmpty().Max(), width / 4));

    // 0 where no row tells its computer.
    private readonly int _computerWidth = rows.All(r => r.Computer is null) ? 0 : Gap + Math.Max(
        ComputerTitle.Length, Math.Min(rows.Max(r => cells(r.Computer ?? string.Empty)), width / 6));

    /// <summary>The lines, without line ends.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            int room = Math.Max(height - 2, 1);
            int shown = rows.Count <= room ? rows.Count : Math.Max(room - 1, 0);
            List<string> lines =
            [
                colours.Header + Fit(Names(ComputerTitle, Title) + Heading("CPU") + Heading("MEMORY") + Heading("STORAGE"), _width).TrimEnd()
                    + colours.Reset,
            ];
            lines.AddRange(rows.Take(shown).Select(Line));
            if (shown < rows.Count)
            {
                lines.Add(Fit($"and {rows.Count - shown} more", _width).TrimEnd());
            }

            return lines;
        }
    }

    private int ChartWidth => Math.Min(
        Math.Max((_width - _computerWidth - _idWidth - Columns * (Gap + Quantity.Width + 1)) / Columns, 0), WidestChart);

    private string Line(StatisticsRow row)
    {
        string line = Names(row.Computer, row.ContainerId);
        if (row.HasExited)
        {
            return Fit(line + Gaps(Gap) + "exited", _width).TrimEnd();
        }

        string cpu = Quantity.Percent(row.Cpu.LastOrDefault());
        string memory = Quantity.Bytes(row.Memory.LastOrDefault());
        string storage = Quantity.BytesPerSec(row.Storage.LastOrDefault());
        return ChartWidth == 0
            ? Fit(line + Number(cpu) + Number(memory) + Number(storage), _width).TrimEnd()
            : line
                + Number(cpu) + Chart(row.Cpu, OneProcessor)
                + Number(memory) + Chart(row.Memory, 0)
                + Number(storage) + Chart(row.Storage, 0);
    }

    private string Names(string? computer, string id) => _computerWidth == 0
        ? Fit(id, _idWidth)
        : Fit(computer ?? string.Empty, _computerWidth - Gap) + Gaps(Gap) + Fit(id, _idWidth);

    private string Heading(string text) => Number(text) + (ChartWidth == 0 ? string.Empty : Gaps(ChartWidth + 1));

    private string Chart(IReadOnlyCollection<double?> values, double top) =>
        " " + colours.Chart + Sparkline.Draw(values, ChartWidth, top) + colours.Reset;

    private static string Number(string text) => Gaps(Gap) + text.PadLeft(Quantity.Width);

    private static string Gaps(int count) => new(' ', count);

    private string Fit(string text, int width)
    {
        int kept = text.Length;
        if (cells(text) > width)
        {
            while (kept > 0 && (cells(text.Remove(kept)) > width - 1 || char.IsHighSurrogate(text[kept - 1])))
            {
                kept--;
            }

            text = text.Remove(kept) + "…";
        }

        return text + Gaps(width - cells(text));
    }
}
