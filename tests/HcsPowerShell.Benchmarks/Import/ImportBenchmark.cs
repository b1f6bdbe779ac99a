using System.Collections.Generic;
using HcsPowerShell.Benchmarks.Engine;
using HcsPowerShell.Benchmarks.Measuring;

namespace HcsPowerShell.Benchmarks.Import;

/// <summary>Measures the import of the module and of a module with a single command.</summary>
internal static class ImportBenchmark
{
    /// <param name="rounds">The number of processes of each kind.</param>
    public static IReadOnlyList<Comparison> Run(int rounds)
    {
        Comparison import = new("import in a fresh process / an empty module");

        // The first process of each kind reads the files from the disk.
        for (int i = -1; i < rounds; i++)
        {
            if (i == 0)
            {
                import.Clear();
            }

            import.Module.Add(FirstImport.Take(Modules.Staged));
            import.Bare.Add(FirstImport.Take(Modules.Empty));
        }

        return [import];
    }
}
