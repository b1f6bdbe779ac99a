using System;
using System.Collections.Generic;
using HcsPowerShell.Benchmarks.Engine;
using HcsPowerShell.Benchmarks.Measuring;

namespace HcsPowerShell.Benchmarks.LifeCycle;

/// <summary>Measures 20 containers in one pipeline beside xargs over runc, with a process for each processor.</summary>
internal sealed class PipelineBenchmark : IFamily
{
    private const int Containers = 20;
    private const string Pipeline = """
        param($count)
        $ErrorActionPreference = 'Stop'
        1..$count | ForEach-Object { @{} } | New-HcsContainer | Start-HcsContainer -PassThru | ForEach-Object {
            Invoke-HcsProcess $_ -CommandArg '/bin/true'
            $_
        } | Stop-HcsContainer -Force
        """;

    public IReadOnlyList<Figure> Figures { get; } = [new("pipeline-20", 1.3)];

    public void Run(Effort effort, Report report)
    {
        using ModuleSession session = ModuleSession.Oci();
        string hostName = "b" + Guid.NewGuid().ToString("N");
        object pattern = ModuleContainers.Create(session, hostName);
        ModuleBundle bundle = ModuleBundle.Find(hostName);
        using BareContainers bare = new(bundle);
        ModuleContainers.Remove(session, pattern);
        bare.AddBundles(Containers);
        Comparison pipeline = new(Figures[0]);
        effort.Repeat(
            warmUps: 1,
            rounds: 4,
            () =>
            {
                pipeline.Module.Time(() => session.RunScript(Pipeline, ("count", Containers)));
                bundle.WaitForRemovals();
                pipeline.Bare.Time(bare.LiveAtOnce);
                bare.ReapAll();
            },
            pipeline);
        report.Add(pipeline);
    }
}
