using System;
using System.Collections.Generic;
using System.Diagnostics;
using HcsPowerShell.Benchmarks.Measuring;

namespace HcsPowerShell.Benchmarks.LifeCycle;

/// <summary>Measures one life cycle, step by step and as a whole.</summary>
/// <param name="steps">A series for each step, and one for the whole.</param>
internal sealed class LifeCycleTimes(IReadOnlyList<Series> steps)
{
    private TimeSpan _whole;
    private int _step;

    /// <summary>Runs and measures the next step.</summary>
    public void Step(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        _whole += time;
        steps[_step++].Add(time);
    }

    /// <summary>Adds the total time after the last step.</summary>
    public void End() => steps[_step].Add(_whole);
}
