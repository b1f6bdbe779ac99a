using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using HcsPowerShell.Benchmarks.Engine;
using HcsPowerShell.Benchmarks.Measuring;

namespace HcsPowerShell.Benchmarks.Native;

/// <summary>
/// Measures how soon Ctrl+C ends a waiting command while 16 runspaces use the module: what the console does then is stop
/// the pipeline, as here.
/// </summary>
internal sealed class StopKeyBenchmark : IFamily
{
    private const int Busy = 16;
    private const int Keys = 100;
    private const int MostLate = 1;
    private const string Work = "while ($true) { $null = Get-HcsContainer -Id system-0 }";

    private static readonly TimeSpan s_soon = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_untilItWaits = TimeSpan.FromMilliseconds(100);

    public IReadOnlyList<Figure> Figures { get; } = [new("ctrl-c", MostLate)];

    public void Run(Effort effort, Report report)
    {
        using ModuleSession waiting = ModuleSession.Native();
        MockLibrary.AddSystems(0, 1, areStarted: true);
        ModuleSession[] sessions = [.. Enumerable.Range(0, Busy).Select(_ => ModuleSession.BesideNative())];
        using CountdownEvent ended = new(Busy);
        PowerShell[] working = [.. sessions.Select(session => Start(session, Work, () => ended.Signal()))];
        TimeSpan[] times = [.. Enumerable.Range(0, effort.Of(Keys)).Select(_ => Press(waiting)).Order()];
        Array.ForEach(working, shell => shell.Stop());
        ended.Wait();
        Array.ForEach(working, shell => shell.Dispose());
        Array.ForEach(sessions, session => session.Dispose());
        int late = times.Count(time => time > s_soon);
        report.Add(Figures[0], late, $"{late} of {times.Length} later than {s_soon.TotalMilliseconds:0} ms; median {times[times.Length / 2].TotalMilliseconds:0.0} ms, last {times[^1].TotalMilliseconds:0.0} ms");
    }

    private static TimeSpan Press(ModuleSession session)
    {
        using ManualResetEventSlim ended = new();
        using PowerShell shell = Start(session, "Wait-HcsContainer -Id system-0", ended.Set);

        // It waits by then; if not, it is stopped on its way, which is no slower.
        Thread.Sleep(s_untilItWaits);
        long key = Stopwatch.GetTimestamp();
        shell.BeginStop(null, null);
        ended.Wait();
        return Stopwatch.GetElapsedTime(key);
    }

    private static PowerShell Start(ModuleSession session, string script, Action ended)
    {
        var shell = PowerShell.Create(session.Runspace);
        shell.AddScript(script);
        new Thread(() =>
        {
            try
            {
                shell.Invoke();
            }
            catch (PipelineStoppedException)
            {
                // The key was pressed.
            }

            ended();
        }).Start();
        return shell;
    }
}
