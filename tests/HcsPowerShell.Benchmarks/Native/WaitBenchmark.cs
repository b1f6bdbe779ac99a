using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using HcsPowerShell.Benchmarks.Engine;
using HcsPowerShell.Benchmarks.Measuring;

namespace HcsPowerShell.Benchmarks.Native;

/// <summary>Measures one command that waits for 10,000 systems: its threads, its memory, and how soon it is released.</summary>
internal sealed class WaitBenchmark : IFamily
{
    private const int Waits = 10_000;
    private const double BytesOfOne = 2_000;

    // The thread of the pipeline itself, and one of the pool that may come or go meanwhile.
    private const int OtherThreads = 2;

    private readonly Figure _threads = new("waits-threads", 1);
    private readonly Figure _memory = new("waits-memory", 1);
    private readonly Figure _release = new("waits-release", 1);

    public IReadOnlyList<Figure> Figures => [_threads, _memory, _release];

    public void Run(Effort effort, Report report)
    {
        using ModuleSession session = ModuleSession.Native();
        string[] ids = [.. Enumerable.Range(0, Waits).Select(i => "system-" + i)];

        // The first round loads what the next one needs, and is not measured.
        (int Threads, long Bytes, TimeSpan Release) taken = default;
        for (int i = 0; i < 2; i++)
        {
            MockLibrary.Use();
            MockLibrary.AddSystems(0, Waits, areStarted: true);
            taken = Take(session, ids);
        }

        report.Add(_threads, (double)taken.Threads / OtherThreads, $"{taken.Threads} threads more, for {Waits} waits");
        report.Add(_memory, (double)taken.Bytes / Waits / BytesOfOne, $"{(double)taken.Bytes / Waits:0} bytes a wait");
        report.Add(_release, taken.Release.TotalSeconds, $"{taken.Release.TotalMilliseconds:0} ms from the last exit to the end");
    }

    private static (int Threads, long Bytes, TimeSpan Release) Take(ModuleSession session, string[] ids)
    {
        long memory = Settled();
        int threads = Threads();
        int exits = 0;
        using ManualResetEventSlim ended = new();
        var thread = new Thread(() =>
        {
            exits = session.RunScript("param($ids) Wait-HcsContainer -Id $ids", ("ids", ids)).Count;
            ended.Set();
        });
        thread.Start();
        while (MockLibrary.CountHandles() < ids.Length)
        {
            Thread.Sleep(10);
        }

        // All have begun; the memory is what is left when nothing is made any more.
        long now = Settled();
        for (long before = 0; before != now; before = now, now = Settled())
        {
            Thread.Sleep(100);
        }

        int more = Threads() - threads;
        for (int i = 0; i < ids.Length; i++)
        {
            MockLibrary.Exit(i);
        }

        long last = Stopwatch.GetTimestamp();
        ended.Wait();
        TimeSpan release = Stopwatch.GetElapsedTime(last);
        return exits == ids.Length
            ? (more, now - memory, release)
            : throw new InvalidOperationException($"{exits} of {ids.Length} waits have ended.");
    }

    private static long Settled() => GC.GetTotalMemory(forceFullCollection: true);

    private static int Threads()
    {
        using var self = Process.GetCurrentProcess();
        return self.Threads.Count;
    }
}
