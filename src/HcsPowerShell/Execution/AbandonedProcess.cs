using System;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Abstractions;
using HcsPowerShell.Hosts;

namespace HcsPowerShell.Execution;

/// <summary>A process of one command, once the command is over.</summary>
internal static class AbandonedProcess
{
    private const int SecondsToLeave = 5;

    /// <summary>Ends it and closes it: nobody else holds it, so given up half-way it would run on unseen.</summary>
    public static async Task EndAsync(TrackedProcess process)
    {
        try
        {
            await KillAsync(process).ConfigureAwait(false);
        }
        finally
        {
            process.Close();
        }
    }

    /// <summary>Ends it and keeps it open: what it wrote can still be read.</summary>
    public static async Task KillAsync(TrackedProcess process)
    {
        try
        {
            if (!process.Exited.IsCompleted)
            {
                await Deadline.WithinAsync(
                    SecondsToLeave, CancellationToken.None, stop => KillAndWaitAsync(process, stop))
                    .ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is Interop.HcsException or TimeoutException)
        {
            // It ended while it was given up, or the service does not answer: nobody waits longer for that.
        }
    }

    private static async Task KillAndWaitAsync(TrackedProcess process, CancellationToken stop)
    {
        await process.Handle.KillAsync(stop).ConfigureAwait(false);
        await process.Exited.ConfigureAwait(false);
    }
}
