using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Benchmarks.Engine;
using HcsPowerShell.Benchmarks.Import;
using HcsPowerShell.Benchmarks.LifeCycle;
using HcsPowerShell.Benchmarks.Measuring;
using HcsPowerShell.Benchmarks.Native;
using HcsPowerShell.Benchmarks.Networks;
using HcsPowerShell.Benchmarks.Output;
using HcsPowerShell.Benchmarks.Sampling;

namespace HcsPowerShell.Benchmarks;

internal static class Program
{
    /// <returns>0; 1 if a target is missed and --require is given; 2 if the arguments are wrong.</returns>
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

        List<Comparison> comparisons = [.. ImportBenchmark.Run(options.Imports)];
        using (ModuleSession session = new(("Embedded", true), ("Isolation", "Oci")))
        {
            comparisons.AddRange(LifeCycleBenchmark.Run(session, options.Rounds));
            comparisons.AddRange(NetworkBenchmark.Run(session, options.Rounds));
            comparisons.AddRange(SamplingBenchmark.Run(session, options.Samples));
        }

        if (MockLibrary.IsBuilt)
        {
            MockLibrary.Load();
            using ModuleSession session = new(("Local", true), ("Api", "ComputeCore"));
            comparisons.AddRange(NativeBenchmark.Run(session, options.Calls));
        }
        else
        {
            Console.Error.WriteLine("No native call is measured: the mocks of the HCS libraries are not built (no C compiler).");
        }

        string memory;
        using (ModuleSession session = new(("Embedded", true), ("Isolation", "Process")))
        using (Writer writer = new())
        using (InvokedWriter invoked = new(session, writer))
        {
            comparisons.AddRange(OutputBenchmark.Run(session, writer, invoked, options.Outputs));
            memory = MemoryBenchmark.Run(invoked);
        }

        Console.WriteLine($"{string.Empty,-46}{"module",16}{"bare",16}{"ratio",8}");
        comparisons.ForEach(Console.WriteLine);
        Console.WriteLine(memory);
        return options.Require && comparisons.Any(comparison => comparison.IsMissed) ? 1 : 0;
    }
}
