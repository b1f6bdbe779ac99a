using System;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Tests;

/// <summary>Synchronous calls of a sandbox and an isolation, for tests that make them one after another.</summary>
internal static class SandboxCalls
{
    public static ISandbox CreateSandbox(this IIsolation isolation, string id, ContainerConfig config) =>
        isolation.CreateSandboxAsync(id, config).GetAwaiter().GetResult();

    public static MountedLayer Mount(this IIsolation isolation, string scratch) =>
        isolation.Layers.MountAsync(scratch, [], default).GetAwaiter().GetResult();

    public static void Dispose(this IIsolation isolation) => isolation.CloseAsync().GetAwaiter().GetResult();

    public static void Begin(this ISandbox sandbox) => sandbox.BeginAsync().GetAwaiter().GetResult();

    public static ISandboxProcess Start(this ISandbox sandbox, ProcessPlan start) =>
        sandbox.StartAsync(_ => start).GetAwaiter().GetResult();

    public static void Pause(this ISandbox sandbox) => sandbox.PauseAsync().GetAwaiter().GetResult();

    public static void Resume(this ISandbox sandbox) => sandbox.ResumeAsync().GetAwaiter().GetResult();

    public static void Modify(this ISandbox sandbox, ResourceChange change) =>
        sandbox.ModifyAsync(change).GetAwaiter().GetResult();

    public static Statistics GetStatistics(this ISandbox sandbox) => sandbox.GetStatisticsAsync().GetAwaiter().GetResult();

    public static void Kill(this ISandbox sandbox) => sandbox.KillAsync().GetAwaiter().GetResult();

    public static void Dispose(this ISandbox sandbox) => sandbox.RemoveAsync().GetAwaiter().GetResult();

    /// <summary>Returns the exit code of the process; null if it cannot be known.</summary>
    public static async Task<uint?> ExitCodeAsync(this ISandboxProcess process)
    {
        ProcessStatus status = await process.Exited.Within();
        return status.LastWaitResult == 0 ? status.ExitCode : null;
    }
}

/// <summary>Runs an action at the end of a block.</summary>
internal sealed class AtEnd(Action act) : IDisposable
{
    public void Dispose() => act();
}
