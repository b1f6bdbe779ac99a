using System;
using System.Collections.Generic;
using System.Diagnostics;

namespace HcsPowerShell.Benchmarks.Measuring;

/// <summary>The times one thing took.</summary>
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

    /// <summary>Does it and takes the time.</summary>
    /// <param name="work">Does it a number of times.</param>
    /// <param name="count">How often.</param>
    public void Time(Action work, int count = 1)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        Add(Stopwatch.GetElapsedTime(start) / count);
    }
}
