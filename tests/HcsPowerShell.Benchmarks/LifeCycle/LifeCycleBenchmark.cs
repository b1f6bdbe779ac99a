using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Benchmarks.Engine;
using HcsPowerShell.Benchmarks.Measuring;

namespace HcsPowerShell.Benchmarks.LifeCycle;

/// <summary>Measures the life cycle of a container through the commands and through runc.</summary>
internal static class LifeCycleBenchmark
{
    private const int WarmUps = 10;
    private const double Target = 1.25;

    /// <param name="session">The session in which the commands run.</param>
    /// <param name="rounds">The number of life cycles of each kind.</param>
    public static IReadOnlyList<Comparison> Run(ModuleSession session, int rounds)
    {
        string hostName = "b" + Guid.NewGuid().ToString("N");
        object pattern = ModuleContainers.Create(session, hostName);
        ModuleBundle bundle = ModuleBundle.Find(hostName);
        using BareContainers bare = new(bundle);
        ModuleContainers.Remove(session, pattern);
        Comparison[] steps =
        [
            new("create"),
            new("start"),
            new("exec"),
            new("kill and delete"),
            new("create, start, exec, kill, delete", Target),
        ];
        for (int i = -WarmUps; i < rounds; i++)
        {
            if (i == 0)
            {
                Array.ForEach(steps, step => step.Clear());
            }

            ModuleContainers.LiveOnce(session, new LifeCycleTimes([.. steps.Select(step => step.Module)]));

            // Background work must not slow runc down.
            bundle.WaitForRemovals();
            bare.LiveOnce(new LifeCycleTimes([.. steps.Select(step => step.Bare)]));
        }

        return steps;
    }
}
