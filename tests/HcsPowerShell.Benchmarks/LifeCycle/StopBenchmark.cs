using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Benchmarks.Engine;
using HcsPowerShell.Benchmarks.Measuring;

namespace HcsPowerShell.Benchmarks.LifeCycle;

/// <summary>Measures the end of five containers that ignore the signal, beside the end of one of them.</summary>
internal sealed class StopBenchmark : IFamily
{
    private const int Containers = 5;
    private const int SecondsToShutDown = 2;
    private const string Start = """
        param($count)
        $ErrorActionPreference = 'Stop'
        1..$count | ForEach-Object { New-HcsContainer -Start } | ForEach-Object {
            $process = Start-HcsProcess $_ -CommandArg '/bin/sh', '-c', 'trap "" TERM; echo deaf; exec sleep infinity' -CreateStdOutPipe
            while (-not (Receive-HcsProcessOutput $process)) { }
            $_
        }
        """;

    public IReadOnlyList<Figure> Figures { get; } = [new("stop-deaf", 1.2)];

    public void Run(Effort effort, Report report)
    {
        using ModuleSession session = ModuleSession.Oci();
        Comparison stop = new(Figures[0]);
        effort.Repeat(
            warmUps: 1,
            rounds: 3,
            () =>
            {
                Stop(session, stop.Module, Containers);
                Stop(session, stop.Bare, 1);
            },
            stop);
        report.Add(stop);
    }

    private static void Stop(ModuleSession session, Series times, int count)
    {
        object[] containers = [.. session.RunScript(Start, ("count", count)).Select(container => container.BaseObject)];
        times.Time(() => session.Run(
            "Stop-HcsContainer", ("Container", containers), ("TimeoutSec", SecondsToShutDown)));
    }
}
