using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Benchmarks.Engine;
using HcsPowerShell.Benchmarks.Measuring;

namespace HcsPowerShell.Benchmarks.Import;

/// <summary>Measures the import and the first command after it, beside those of a module with a single command.</summary>
internal sealed class ImportBenchmark : IFamily
{
    private static readonly TimeSpan s_allowance = TimeSpan.FromMilliseconds(50);

    private readonly Figure _first = new("first-command", 1);

    public IReadOnlyList<Figure> Figures => [_first];

    public void Run(Effort effort, Report report)
    {
        Comparison import = new("import in a new process / an empty module");
        Comparison command = new("first command / an empty command");
        effort.Repeat(
            warmUps: 1,
            rounds: 10,
            () =>
            {
                Take(import.Module, command.Module, Modules.Staged, "Get-HcsContainer");
                Take(import.Bare, command.Bare, Modules.Empty, "Get-Nothing");
            },
            import,
            command);
        double more = Series.MedianOf(
            command.Module.Times.Zip(command.Bare.Times, (module, bare) => (module - bare) / s_allowance));
        report.Add(_first, more, $"{more * s_allowance.TotalMilliseconds:0.0} ms more, of {s_allowance.TotalMilliseconds:0}");
        report.Add(import, command);
    }

    private static void Take(Series import, Series command, string manifest, string name)
    {
        (TimeSpan imported, TimeSpan ran) = FirstImport.Take(manifest, name);
        import.Add(imported);
        command.Add(ran);
    }
}
