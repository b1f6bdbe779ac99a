using System;
using System.Collections.Generic;
using System.Management.Automation;
using HcsPowerShell.Benchmarks.Engine;
using HcsPowerShell.Benchmarks.Measuring;

namespace HcsPowerShell.Benchmarks.Native;

/// <summary>
/// Measures how lists and the completion of ids grow with the number of systems, and draws it. The completion is measured
/// beside the list that the user would type instead.
/// </summary>
/// <param name="plot">The file for the plot; null for none.</param>
internal sealed class GrowthBenchmark(string? plot) : IFamily
{
    // Stops at the first object without Select-Object, because the bare engine has no such command.
    private const string UntilFirst = "foreach ($once in 1) { Get-HcsContainer | ForEach-Object { break } }";
    private const string List = "Get-HcsContainer | Out-Null";
    private const string Typed = "Stop-HcsContainer -Id system-";
    private const int SystemsOfFigure = 1_000;

    private static readonly int[] s_systems = [10, SystemsOfFigure, 10_000];

    public IReadOnlyList<Figure> Figures { get; } = [new("completion-1000", 1.2)];

    public void Run(Effort effort, Report report)
    {
        using ModuleSession session = ModuleSession.Native();
        List<Growth> grown = [];
        int added = 0;
        foreach (int systems in s_systems)
        {
            MockLibrary.AddSystems(added, systems);
            added = systems;
            Comparison completion = systems == SystemsOfFigure ? new(Figures[0]) : new($"completion of {systems} ids / the list");
            Comparison list = new($"list of {systems} / the call with its JSON");
            Comparison first = new($"first of {systems} in the pipeline / the last");
            effort.Repeat(
                warmUps: 5,
                rounds: systems > SystemsOfFigure ? 12 : 40,
                () =>
                {
                    completion.Module.Time(() => Complete(session));
                    completion.Bare.Time(() => session.RunScript(List));
                    list.Module.Time(() => session.RunScript(List));
                    list.Bare.Time(() => BareListing.Run("{}"));
                    first.Module.Time(() => session.RunScript(UntilFirst));
                    first.Bare.Time(() => session.RunScript(List));
                },
                completion,
                list,
                first);
            report.Add(completion, list, first);
            grown.Add(new Growth(systems, list.Module.Median, completion.Module.Median, first.Module.Median, list.Bare.Median));
        }

        if (plot is not null)
        {
            GrowthPlot.Write(plot, grown);
        }
    }

    private static void Complete(ModuleSession session)
    {
        using var shell = PowerShell.Create(session.Runspace);
        CommandCompletion completion = CommandCompletion.CompleteInput(Typed, Typed.Length, null, shell);
        if (completion.CompletionMatches.Count == 0)
        {
            throw new InvalidOperationException("No id is completed.");
        }
    }
}

/// <summary>The times of one number of systems.</summary>
internal sealed record Growth(int Systems, TimeSpan List, TimeSpan Completion, TimeSpan First, TimeSpan Bare);
