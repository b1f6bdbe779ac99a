using System;
using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Execution;

/// <summary>The work of a command for one target, in the pipeline or as a child job.</summary>
/// <param name="Name">The name of the target, which is also the name of the child job.</param>
/// <param name="RunAsync">The work itself; it writes failures of the target as errors.</param>
internal sealed record TargetWork(string Name, Func<ICommandOutput, CancellationToken, Task> RunAsync)
{
    /// <summary>The computer that the target is on; null for this one.</summary>
    public string? Computer { get; init; }

    /// <summary>True when the objects of a child job tell their computers.</summary>
    public bool ShowsComputer { get; init; }
}
