using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Benchmarks.Engine;
using HcsPowerShell.Benchmarks.Measuring;

namespace HcsPowerShell.Benchmarks.LifeCycle;

/// <summary>Measures the life cycle of a container through the commands and through runc.</summary>
internal sealed class LifeCycleBenchmark : IFamily
{
    public IReadOnlyList<Figure> Figures { get; } = [new("create", 1.15)];

    public void Run(Effort effort, Report report)
    {
        using ModuleSession session = ModuleSession.Oci();
        string hostName = "b" + Guid.NewGuid().ToString("N");
        object pattern = ModuleContainers.Create(session, hostName);
        ModuleBundle bundle = ModuleBundle.Find(hostName);
        using BareContainers bare = new(bundle);
        ModuleContainers.Remove(session, pattern);
        Comparison[] steps =
        [
            new(Figures[0]),
            new("start"),
            new("exec"),
            new("kill and delete"),
            new("create, start, exec, kill, delete"),
        ];
        effort.Repeat(
            warmUps: 10,
            rounds: 40,
            () =>
            {
                ModuleContainers.LiveOnce(session, new LifeCycleTimes([.. steps.Select(step => step.Module)]));

                // Background work must not slow runc down.
                bundle.WaitForRemovals();
                bare.LiveOnce(new LifeCycleTimes([.. steps.Select(step => step.Bare)]));
            },
            steps);
        report.Add(steps);
    }
}
