using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using HcsPowerShell.Benchmarks.Engine;
using HcsPowerShell.Benchmarks.Measuring;

namespace HcsPowerShell.Benchmarks;

internal static class Program
{
    /// <returns>
    /// 0; 1 if a figure could not be measured, or misses its goal and --require is given; 2 if the arguments are wrong.
    /// </returns>
    private static int Main(string[] arguments)
    {
        if (Child.TryRun(arguments))
        {
            return 0;
        }

        if (Options.Parse(arguments) is not { } options)
        {
            Console.Error.WriteLine(Options.Usage);
            return 2;
        }

        Report report = new(Console.Out);
        var clock = Stopwatch.StartNew();
        foreach (IFamily family in Families.Of(options))
        {
            if (options.Lists)
            {
                foreach (Figure figure in family.Figures)
                {
                    report.Tell($"figure: {figure.Name} {figure}");
                }

                continue;
            }

            Run(family, options.Effort, report);
        }

        if (!options.Lists)
        {
            report.Tell($"took: {clock.Elapsed.TotalSeconds:0} s");
        }

        return report.HasFailure || (options.Require && report.HasMiss) ? 1 : 0;
    }

    // One family that fails leaves the others to be measured.
    private static void Run(IFamily family, Effort effort, Report report)
    {
        try
        {
            family.Run(effort, report);
        }
        catch (Exception e)
        {
            report.LeaveOut(family.Figures, e);
        }
    }
}
