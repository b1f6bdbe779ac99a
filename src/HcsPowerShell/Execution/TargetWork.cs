using System;
using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Execution;

/// <summary>What one child job does.</summary>
/// <param name="Name">The target, as the child job is named.</param>
/// <param name="RunAsync">The command's own work for that target; failures of the target are written as errors.</param>
internal sealed record TargetWork(string Name, Func<ICommandOutput, CancellationToken, Task> RunAsync);
