using System;
using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Execution;

/// <summary>The work of a command for one target, in the pipeline or as a child job.</summary>
/// <param name="Name">The name of the target, which is also the name of the child job.</param>
/// <param name="RunAsync">The work itself; it writes failures of the target as errors.</param>
/// <param name="Computer">The computer that it is on; null for this one.</param>
internal sealed record TargetWork(
    string Name, Func<ICommandOutput, CancellationToken, Task> RunAsync, string? Computer = null);
