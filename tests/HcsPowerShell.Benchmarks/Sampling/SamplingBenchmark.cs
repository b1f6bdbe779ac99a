using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Benchmarks.Engine;
using HcsPowerShell.Benchmarks.Measuring;

namespace HcsPowerShell.Benchmarks.Sampling;

/// <summary>Measures samples of container counters through the command against reads of the same files.</summary>
internal sealed class SamplingBenchmark : IFamily
{
    private const int Batch = 100;
    private const string Piped = "param($containers) $containers | Get-HcsStatistics";
    private const string Alone = "param($containers) foreach ($container in $containers) { Get-HcsStatistics $container }";

    public IReadOnlyList<Figure> Figures { get; } = [new("statistics-commands", 1.5), new("statistics-pipeline", 1.5)];

    public void Run(Effort effort, Report report)
    {
        using ModuleSession session = ModuleSession.Oci();
        using SampledContainers sampled = new(session, count: 1);
        object[] containers = [.. Enumerable.Repeat(sampled.Containers[0], Batch)];
        Comparison alone = new(Figures[0]);
        Comparison piped = new(Figures[1]);
        effort.Repeat(
            warmUps: 50,
            rounds: 120,
            () =>
            {
                Take(alone, Alone);
                Take(piped, Piped);
            },
            alone,
            piped);
        report.Add(alone, piped);

        void Take(Comparison comparison, string script)
        {
            comparison.Module.Time(() => session.RunScript(script, ("containers", containers)), Batch);
            comparison.Bare.Time(ReadAll, Batch);
        }

        void ReadAll()
        {
            for (int i = 0; i < Batch; i++)
            {
                sampled.ReadFiles();
            }
        }
    }
}
