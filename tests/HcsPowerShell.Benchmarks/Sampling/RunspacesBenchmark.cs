using System.Collections.Generic;
using System.Linq;
using System.Threading;
using HcsPowerShell.Benchmarks.Engine;
using HcsPowerShell.Benchmarks.Measuring;

namespace HcsPowerShell.Benchmarks.Sampling;

/// <summary>Measures how many samples two runspaces take in the time of one.</summary>
internal sealed class RunspacesBenchmark : IFamily
{
    private const int Samples = 2_000;
    private const string Script =
        "param($container, $count) for ($i = 0; $i -lt $count; $i++) { $null = Get-HcsStatistics $container }";

    public IReadOnlyList<Figure> Figures { get; } = [new("statistics-runspaces", 1.6, IsAtLeast: true)];

    public void Run(Effort effort, Report report)
    {
        ModuleSession[] sessions = [ModuleSession.Oci(), ModuleSession.Oci()];
        using (SampledContainers first = new(sessions[0], count: 1))
        using (SampledContainers second = new(sessions[1], count: 1))
        {
            object[] containers = [first.Containers[0], second.Containers[0]];
            Comparison half = new("samples of one runspace / of two");
            effort.Repeat(
                warmUps: 2,
                rounds: 15,
                () =>
                {
                    half.Module.Time(() => Sample(sessions[0], containers[0], Samples));
                    half.Bare.Time(() => SampleBoth(sessions, containers, Samples / 2));
                },
                half);
            report.Add(Figures[0], half.Ratio, $"{Samples} samples: {half.Module.Median.TotalMilliseconds:0} ms by one runspace, {half.Bare.Median.TotalMilliseconds:0} ms by two");
        }

        sessions.ToList().ForEach(session => session.Dispose());
    }

    private static void Sample(ModuleSession session, object container, int count) =>
        session.RunScript(Script, ("container", container), ("count", count));

    private static void SampleBoth(ModuleSession[] sessions, object[] containers, int count)
    {
        Thread other = new(() => Sample(sessions[1], containers[1], count));
        other.Start();
        Sample(sessions[0], containers[0], count);
        other.Join();
    }
}
