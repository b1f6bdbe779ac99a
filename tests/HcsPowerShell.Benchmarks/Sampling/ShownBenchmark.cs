using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using HcsPowerShell.Benchmarks.Engine;
using HcsPowerShell.Benchmarks.Measuring;

namespace HcsPowerShell.Benchmarks.Sampling;

/// <summary>
/// Measures the processor time of the live table of 20 containers, with a frame of text each second, beside reads of the
/// same files each second.
/// </summary>
internal sealed class ShownBenchmark : IFamily
{
    private const int Containers = 20;
    private const int Samples = 6;

    public IReadOnlyList<Figure> Figures { get; } = [new("show-statistics", 2)];

    public void Run(Effort effort, Report report)
    {
        using ModuleSession session = ModuleSession.Oci();
        using SampledContainers sampled = new(session, Containers);
        Comparison shown = new(Figures[0]);
        effort.Repeat(
            warmUps: 1,
            rounds: 3,
            () =>
            {
                shown.Module.Add(ProcessorTime(() => session.Run(
                    "Show-HcsStatistics", ("Container", sampled.Containers), ("SampleCount", Samples))));
                shown.Bare.Add(ProcessorTime(() => Read(sampled)));
            },
            shown);
        report.Add(Figures[0], shown.Ratio, $"{Share(shown.Module):0.00} % of a processor beside {Share(shown.Bare):0.00} %");
    }

    private static double Share(Series series) => 100 * series.Median.TotalSeconds / (Samples - 1);

    private static void Read(SampledContainers sampled)
    {
        for (int i = 0; i < Samples; i++)
        {
            sampled.ReadFiles();
            if (i + 1 < Samples)
            {
                Thread.Sleep(TimeSpan.FromSeconds(1));
            }
        }
    }

    private static TimeSpan ProcessorTime(Action work)
    {
        using var self = Process.GetCurrentProcess();
        TimeSpan before = self.TotalProcessorTime;
        work();
        self.Refresh();
        return self.TotalProcessorTime - before;
    }
}
