using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Benchmarks.Engine;
using HcsPowerShell.Benchmarks.Import;
using HcsPowerShell.Benchmarks.LifeCycle;
using HcsPowerShell.Benchmarks.Measuring;
using HcsPowerShell.Benchmarks.Sampling;

namespace HcsPowerShell.Benchmarks;

internal static class Program
{
    /// <returns>0; 1 when a target is missed and --require is given; 2 when the arguments are wrong.</returns>
    private static int Main(string[] arguments)
    {
        if (arguments is [FirstImport.Argument, string manifest])
        {
            FirstImport.Run(manifest);
            return 0;
        }

        if (Options.Parse(arguments) is not { } options)
        {
            Console.Error.WriteLine(Options.Usage);
            return 2;
        }

        using ModuleSession session = new();
        List<Comparison> comparisons = [];
        comparisons.AddRange(ImportBenchmark.Run(options.Imports));
        comparisons.AddRange(LifeCycleBenchmark.Run(session, options.Rounds));
        comparisons.AddRange(SamplingBenchmark.Run(session, options.Samples));
        Console.WriteLine($"{string.Empty,-46}{"module",14}{"bare",14}{"ratio",8}");
        foreach (Comparison comparison in comparisons)
        {
            Console.WriteLine(comparison);
        }

        return options.Require && comparisons.Any(comparison => comparison.IsMissed) ? 1 : 0;
    }
}
