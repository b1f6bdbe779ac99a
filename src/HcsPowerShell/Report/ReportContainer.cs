using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using HcsPowerShell.Drawing;

namespace HcsPowerShell.Report;

/// <summary>The part of a report about one container: four plots, and a row of the summary.</summary>
internal sealed class ReportContainer
{
    private readonly string _id;
    private readonly ReportPlace _place;
    private readonly string _title;
    private readonly int _count;
    private readonly PlotLine _cpu;
    private readonly PlotLine _memory;
    private readonly PlotLine[] _storage;
    private readonly PlotLine[] _network;

    /// <param name="id">The id of the container.</param>
    /// <param name="place">The host of the container.</param>
    /// <param name="title">The title of the container on the page.</param>
    /// <param name="samples">The samples of the container.</param>
    public ReportContainer(string id, ReportPlace place, string title, IEnumerable<ReportSample> samples)
    {
        ReportSample[] ordered = [.. samples.OrderBy(s => s.Time)];
        _id = id;
        _place = place;
        _title = title;
        _count = ordered.Length;
        _cpu = PlotLine.Of("of one processor", ordered, s => s.CpuPercent);
        _memory = PlotLine.Of("committed", ordered, s => s.MemoryBytes);
        _storage =
        [
            PlotLine.Of("read", ordered, s => s.ReadBytesPerSec), PlotLine.Of("written", ordered, s => s.WrittenBytesPerSec),
        ];
        _network = [PlotLine.Rate("received", ordered, s => s.Received), PlotLine.Rate("sent", ordered, s => s.Sent)];
    }

    public const string SummaryHead =
        "<tr><th>Container</th><th class=\"n\">Samples</th><th class=\"n\">CPU, mean</th><th class=\"n\">CPU, highest</th>"
        + "<th class=\"n\">Memory, highest</th><th class=\"n\">Read, highest</th><th class=\"n\">Written, highest</th></tr>\n";

    public string SummaryRow =>
        $"<tr><td>{WebUtility.HtmlEncode(_title)}</td>" + string.Concat(new[]
        {
            $"{_count}",
            Quantity.Percent(_cpu.Mean),
            Quantity.Percent(_cpu.Highest),
            Quantity.Bytes(_memory.Highest),
            Quantity.BytesPerSec(_storage[0].Highest),
            Quantity.BytesPerSec(_storage[1].Highest),
        }.Select(cell => $"<td class=\"n\">{cell}</td>")) + "</tr>\n";

    public string Section((DateTimeOffset From, DateTimeOffset To) span, IEnumerable<ReportEvent> events)
    {
        ReportEvent[] own =
        [
            .. events.Where(e => string.Equals(e.ContainerId, _id, StringComparison.OrdinalIgnoreCase) && e.Place == _place),
        ];
        Plot[] plots =
        [
            new("CPU", [_cpu], PlotScale.Decimal(_cpu.Highest ?? 0), Quantity.Percent, span) { Marks = own },
            new("Memory", [_memory], Bytes(_memory), Quantity.Bytes, span) { Marks = own },
            new("Storage", _storage, Bytes(_storage), Quantity.BytesPerSec, span) { Marks = own },
            new("Network", _network, Bytes(_network), Quantity.BytesPerSec, span) { Marks = own },
        ];
        return $"<h2>{WebUtility.HtmlEncode(_title)}</h2>\n<div class=\"plots\">\n{string.Concat<Plot>(plots)}</div>\n";
    }

    private static double Bytes(params PlotLine[] lines) => PlotScale.Binary(lines.Max(line => line.Highest) ?? 0);
}

/// <summary>Finds the end of the vertical axis of a plot, so that its quarters are round numbers.</summary>
internal static class PlotScale
{
    private static readonly double[] s_decimal = [1, 2, 4, 8, 10];

    /// <summary>For decimal numbers; at least 4.</summary>
    public static double Decimal(double highest)
    {
        double end = Math.Max(highest, 4);
        double unit = Math.Pow(10, Math.Floor(Math.Log10(end)));
        return s_decimal.First(step => step * unit >= end) * unit;
    }

    /// <summary>For bytes: a power of two, at least 4.</summary>
    public static double Binary(double highest) =>
        Math.Pow(2, Math.Ceiling(Math.Log(Math.Max(highest, 4)) / Math.Log(2)));
}
