using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using HcsPowerShell.Benchmarks.Engine;
using HcsPowerShell.Benchmarks.Measuring;

namespace HcsPowerShell.Benchmarks.Sampling;

/// <summary>
/// Measures how many samples two runspaces take in the time of one. Beside it stands what the engine and the kernel
/// allow: empty commands by two runspaces, and reads of the same files by two threads.
/// </summary>
internal sealed class RunspacesBenchmark : IFamily
{
    private const int Samples = 2_000;
    private const string Script =
        "param($container, $count) for ($i = 0; $i -lt $count; $i++) { $null = Get-HcsStatistics $container }";

    private const string Empty = "param($container, $count) for ($i = 0; $i -lt $count; $i++) { $null = Get-Nothing }";

    public IReadOnlyList<Figure> Figures { get; } = [new("statistics-runspaces", 1.6, IsAtLeast: true)];

    public void Run(Effort effort, Report report)
    {
        ModuleSession[] sessions = [ModuleSession.Oci(), ModuleSession.Oci(ownsHost: false)];
        sessions.ToList().ForEach(session => session.Run("Import-Module", ("Name", Modules.Empty)));
        using (SampledContainers first = new(sessions[0], count: 1))
        using (SampledContainers second = new(sessions[1], count: 1))
        {
            object[] containers = [first.Containers[0], second.Containers[0]];
            Comparison half = new("samples of one runspace / of two");
            Comparison empty = new("empty commands of one runspace / of two");
            Comparison files = new("reads of the files of one thread / of two");
            effort.Repeat(
                warmUps: 2,
                rounds: 10,
                () =>
                {
                    half.Module.Time(() => sessions[0].RunScript(Script, ("container", containers[0]), ("count", Samples)));
                    half.Bare.Time(() => RunBoth(sessions, containers, Script));
                    empty.Module.Time(() => sessions[0].RunScript(Empty, ("container", containers[0]), ("count", Samples)));
                    empty.Bare.Time(() => RunBoth(sessions, containers, Empty));
                    files.Module.Time(() => Read(first, Samples));
                    files.Bare.Time(() => Both(() => Read(first, Samples / 2), () => Read(second, Samples / 2)));
                },
                half,
                empty,
                files);
            report.Add(Figures[0], half.Ratio, $"{Samples} samples: {half.Module.Median.TotalMilliseconds:0} ms by one runspace, {half.Bare.Median.TotalMilliseconds:0} ms by two");
            report.Add(empty, files);
        }

        sessions.ToList().ForEach(session => session.Dispose());
    }

    private static void RunBoth(ModuleSession[] sessions, object[] containers, string script)
    {
        Both(() => Run(0), () => Run(1));

        void Run(int number) =>
            sessions[number].RunScript(script, ("container", containers[number]), ("count", Samples / sessions.Length));
    }

    private static void Read(SampledContainers container, int count)
    {
        for (int i = 0; i < count; i++)
        {
            container.ReadFiles();
        }
    }

    private static void Both(Action here, Action there)
    {
        Thread other = new(() => there());
        other.Start();
        here();
        other.Join();
    }
}
