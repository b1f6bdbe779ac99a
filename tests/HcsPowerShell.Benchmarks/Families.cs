using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Benchmarks.Documents;
using HcsPowerShell.Benchmarks.Fleet;
using HcsPowerShell.Benchmarks.Import;
using HcsPowerShell.Benchmarks.Layers;
using HcsPowerShell.Benchmarks.LifeCycle;
using HcsPowerShell.Benchmarks.Measuring;
using HcsPowerShell.Benchmarks.Native;
using HcsPowerShell.Benchmarks.Networks;
using HcsPowerShell.Benchmarks.Output;
using HcsPowerShell.Benchmarks.Sampling;
using HcsPowerShell.Benchmarks.Terminal;
using HcsPowerShell.Benchmarks.Wine;

namespace HcsPowerShell.Benchmarks;

/// <summary>All that is measured, in order.</summary>
internal static class Families
{
    /// <summary>Returns the families with a figure that the options ask for.</summary>
    public static IEnumerable<IFamily> Of(Options options)
    {
        IFamily[] all =
        [
            new ImportBenchmark(),
            new LifeCycleBenchmark(),
            new PipelineBenchmark(),
            new StopBenchmark(),
            new ScratchBenchmark(),
            new NetworkBenchmark(),
            new SamplingBenchmark(),
            new RunspacesBenchmark(),
            new ShownBenchmark(),
            new CallBenchmark(),
            new GrowthBenchmark(options.Plot),
            new StopKeyBenchmark(),
            new WaitBenchmark(),
            new OutputBenchmark(),
            new KeyBenchmark(),
            new DocumentBenchmark(),
            new FleetBenchmark(),
            new WineBenchmark(),
        ];
        return all.Where(family => family.Figures.Any(figure => options.Wants(figure.Name)));
    }
}
