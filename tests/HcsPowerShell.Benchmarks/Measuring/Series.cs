using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;

namespace HcsPowerShell.Benchmarks.Measuring;

/// <summary>The measured times of one action, and what it allocates.</summary>
internal sealed class Series
{
    private readonly List<TimeSpan> _times = [];
    private readonly List<double> _allocated = [];

    public IReadOnlyList<TimeSpan> Times => _times;

    public TimeSpan Median => TimeSpan.FromTicks((long)MedianOf(_times.Select(time => (double)time.Ticks)));

    /// <summary>The median of the bytes that this process allocates; null if that was not measured.</summary>
    public double? Allocated => _allocated.Count == 0 ? null : MedianOf(_allocated);

    public static double MedianOf(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    public void Add(TimeSpan time) => _times.Add(time);

    public void Clear()
    {
        _times.Clear();
        _allocated.Clear();
    }

    /// <summary>Runs an action and adds its time.</summary>
    /// <param name="work">Runs the action <paramref name="count"/> times.</param>
    /// <param name="count">The number of runs, by which the time is divided.</param>
    public void Time(Action work, int count = 1)
    {
        long before = GC.GetTotalAllocatedBytes(precise: true);
        long start = Stopwatch.GetTimestamp();
        work();
        Add(Stopwatch.GetElapsedTime(start) / count);
        _allocated.Add((double)(GC.GetTotalAllocatedBytes(precise: true) - before) / count);
    }
}
