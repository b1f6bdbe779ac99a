using System;
using System.Collections.Generic;
using System.Diagnostics;

namespace HcsPowerShell.Benchmarks.Measuring;

/// <summary>The measured times of one action.</summary>
internal sealed class Series
{
    private readonly List<TimeSpan> _times = [];

    public TimeSpan Median
    {
        get
        {
            List<TimeSpan> sorted = [.. _times];
            sorted.Sort();
            return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
        }
    }

    public void Add(TimeSpan time) => _times.Add(time);

    public void Clear() => _times.Clear();

    /// <summary>Runs an action and adds its time.</summary>
    /// <param name="work">Runs the action <paramref name="count"/> times.</param>
    /// <param name="count">The number of runs, by which the time is divided.</param>
    public void Time(Action work, int count = 1)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        Add(Stopwatch.GetElapsedTime(start) / count);
    }
}
