using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Benchmarks.Engine;
using HcsPowerShell.Benchmarks.LifeCycle;
using HcsPowerShell.Benchmarks.Measuring;

namespace HcsPowerShell.Benchmarks.Sampling;

/// <summary>Measures samples of container counters through the command against reads of the same files.</summary>
internal static class SamplingBenchmark
{
    private const int WarmUps = 50;
    private const int Batch = 100;
    private const double Target = 1.5;

    private const string Piped = "param($containers) $containers | Get-HcsStatistics";
    private const string Alone = "param($containers) foreach ($container in $containers) { Get-HcsStatistics $container }";

    /// <param name="session">The session in which the command runs.</param>
    /// <param name="rounds">The number of rounds of each kind.</param>
    public static IReadOnlyList<Comparison> Run(ModuleSession session, int rounds)
    {
        string hostName = "b" + Guid.NewGuid().ToString("N");
        object container = ModuleContainers.Create(session, hostName);
        session.Run("Start-HcsContainer", ("Container", container));
        IReadOnlyList<byte[]> files = StatisticsFiles.Of(ModuleBundle.Find(hostName));
        object[] containers = [.. Enumerable.Repeat(container, Batch)];
        FileReader reader = new();
        Comparison alone = new("statistics, a command for each sample", Target);
        Comparison piped = new("statistics, one command for all samples", Target);
        for (int i = -WarmUps; i < rounds; i++)
        {
            if (i == 0)
            {
                alone.Clear();
                piped.Clear();
            }

            Take(alone, Alone);
            Take(piped, Piped);
        }

        ModuleContainers.Remove(session, container);
        return [alone, piped];

        void Take(Comparison comparison, string script)
        {
            comparison.Module.Time(() => session.RunScript(script, ("containers", containers)), Batch);
            comparison.Bare.Time(() => ReadAll(reader, files, Batch), Batch);
        }
    }

    private static void ReadAll(FileReader reader, IReadOnlyList<byte[]> files, int count)
    {
        for (int i = 0; i < count; i++)
        {
            foreach (byte[] file in files)
            {
                reader.Read(file);
            }
        }
    }
}
