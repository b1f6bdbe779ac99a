using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Processes;

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
                var deadline = new Deadline(SecondsToLeave, CancellationToken.None);
                await process.Handle.KillAsync(deadline).ConfigureAwait(false);
                await Deadline.EndsWithinAsync(process.Exited, deadline.Left, deadline.Stop).ConfigureAwait(false);
            }
        }
        catch (HcsException)
        {
            // It ended while it was given up, or the service does not answer: nobody waits longer for that.
        }
    }
}
