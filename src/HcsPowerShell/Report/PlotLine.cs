using System;
using System.Collections.Generic;
using System.Linq;

namespace HcsPowerShell.Report;

/// <summary>Values over time; a null is a gap.</summary>
internal sealed record PlotLine(string Name, IReadOnlyList<(DateTimeOffset Time, double? Value)> Points)
{
    public double? Highest => Points.Max(p => p.Value);

    public double? Mean => Points.Average(p => p.Value);

    public static PlotLine Of(string name, IEnumerable<ReportSample> samples, Func<ReportSample, double?> value) =>
        new(name, [.. samples.Select(s => (s.Time, value(s)))]);

    /// <summary>The growth of a counter per second, from one sample to the next.</summary>
    public static PlotLine Rate(string name, IReadOnlyList<ReportSample> samples, Func<ReportSample, double?> counter)
    {
        List<(DateTimeOffset, double?)> points = [];
        for (int i = 1; i < samples.Count; i++)
        {
            double seconds = (samples[i].Time - samples[i - 1].Time).TotalSeconds;
            double? grown = counter(samples[i]) - counter(samples[i - 1]);

            // A counter that went backwards belongs to a container that was replaced.
            points.Add((samples[i].Time, seconds > 0 && grown >= 0 ? grown / seconds : null));
        }

        return new PlotLine(name, points);
    }
}
