using System;
using System.Collections.Generic;
using HcsPowerShell.Benchmarks.Engine;
using HcsPowerShell.Benchmarks.Measuring;

namespace HcsPowerShell.Benchmarks.Native;

/// <summary>Measures enumerations through the command against the same library calls with parsed JSON.</summary>
internal static class NativeBenchmark
{
    private const int WarmUps = 10;
    private const int Batch = 100;
    private const int Systems = 10_000;

    private const string OneByOne = "param($ids) foreach ($id in $ids) { Get-HcsContainer -Id $id }";
    private const string Piped = "param($ids) $ids | Get-HcsContainer";

    // Stops at the first object without Select-Object, because the bare engine has no such command.
    private const string UntilFirst = "foreach ($once in 1) { Get-HcsContainer | ForEach-Object { break } }";

    /// <param name="session">A runspace on the local host, over the mock.</param>
    /// <param name="rounds">The number of rounds of each kind.</param>
    public static IReadOnlyList<Comparison> Run(ModuleSession session, int rounds) =>
        [.. Calls(session, rounds), .. Lists(session, rounds)];

    private static Comparison[] Calls(ModuleSession session, int rounds)
    {
        MockLibrary.AddSystems(0, 1);
        string[] ids = new string[Batch];
        Array.Fill(ids, "system-0");
        Comparison alone = new("native call, a command for each / with JSON");
        Comparison piped = new("native call, one command for all / with JSON");
        Take(rounds, [alone, piped], () =>
        {
            alone.Module.Time(() => session.RunScript(OneByOne, ("ids", ids)), Batch);
            alone.Bare.Time(ListOne, Batch);
            piped.Module.Time(() => session.RunScript(Piped, ("ids", ids)), Batch);
            piped.Bare.Time(ListOne, Batch);
        });
        return [alone, piped];
    }

    private static Comparison[] Lists(ModuleSession session, int rounds)
    {
        MockLibrary.AddSystems(1, Systems);
        Comparison all = new("list of 10,000 / with JSON");
        Comparison first = new("first of 10,000 in the pipeline / the last");
        Take(rounds, [all, first], () =>
        {
            all.Module.Time(() => session.RunScript("Get-HcsContainer | Out-Null"));
            all.Bare.Time(() => BareListing.Run("{}"));
            first.Module.Time(() => session.RunScript(UntilFirst));
            first.Bare.Time(() => session.RunScript("Get-HcsContainer | Out-Null"));
        });
        return [all, first];
    }

    private static void Take(int rounds, Comparison[] comparisons, Action round)
    {
        for (int i = -WarmUps; i < rounds; i++)
        {
            if (i == 0)
            {
                Array.ForEach(comparisons, comparison => comparison.Clear());
            }

            round();
        }
    }

    private static void ListOne()
    {
        for (int i = 0; i < Batch; i++)
        {
            BareListing.Run("""{"Ids":["system-0"]}""");
        }
    }
}
