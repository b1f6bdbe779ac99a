using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using HcsPowerShell.Benchmarks.Engine;
using HcsPowerShell.Benchmarks.Measuring;

namespace HcsPowerShell.Benchmarks.Native;

/// <summary>Measures one call through a command beside an empty command and the same call of the library, with its JSON.</summary>
internal sealed class CallBenchmark : IFamily
{
    private const int Batch = 100;
    private const string OneByOne = "param($ids) foreach ($id in $ids) { Get-HcsContainer -Id $id }";
    private const string Empty = "param($ids) foreach ($id in $ids) { Get-Nothing }";
    private const string Piped = "param($ids) $ids | Get-HcsContainer";

    public IReadOnlyList<Figure> Figures { get; } = [new("command-call", 1.5)];

    public void Run(Effort effort, Report report)
    {
        using ModuleSession session = ModuleSession.Native();
        session.Run("Import-Module", ("Name", Modules.Empty));
        MockLibrary.AddSystems(0, 1);
        string[] ids = new string[Batch];
        Array.Fill(ids, "system-0");
        Comparison alone = new(Figures[0]);
        Comparison pooled = new("the call by a thread of the pool, waited for / the call");
        Comparison piped = new("native call, one command for all / the call");
        effort.Repeat(
            warmUps: 10,
            rounds: 60,
            () =>
            {
                alone.Module.Time(() => session.RunScript(OneByOne, ("ids", ids)), Batch);
                alone.Bare.Time(
                    () =>
                    {
                        session.RunScript(Empty, ("ids", ids));
                        CallAll(Call);
                    },
                    Batch);
                pooled.Module.Time(() => CallAll(ByPool), Batch);
                pooled.Bare.Time(() => CallAll(Call), Batch);
                piped.Module.Time(() => session.RunScript(Piped, ("ids", ids)), Batch);
                piped.Bare.Time(() => CallAll(Call), Batch);
            },
            alone,
            pooled,
            piped);
        report.Add(alone, pooled, piped);
    }

    private static void CallAll(Action call)
    {
        for (int i = 0; i < Batch; i++)
        {
            call();
        }
    }

    private static void Call() => BareListing.Run("""{"Ids":["system-0"]}""");

    // What a command does at least: a wait that the user can stop.
    private static void ByPool() => Task.Run(Call).Wait();
}
