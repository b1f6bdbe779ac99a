using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Processes;

/// <summary>Ends a process that only one command uses, when the command is over.</summary>
internal static class AbandonedProcess
{
    private const int SecondsToLeave = 5;

    /// <summary>
    /// Ends the process and closes its handle. No other command holds it, so after a stopped command it would continue
    /// unseen.
    /// </summary>
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

    /// <summary>Ends the process and keeps its handle open, so that its output can still be read.</summary>
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
            // The process ended meanwhile, or the service does not answer. The command does not wait longer for it.
        }
    }
}
