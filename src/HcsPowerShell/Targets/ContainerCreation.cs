using System;
using System.Threading.Tasks;
using HcsPowerShell.Errors;
using HcsPowerShell.Execution;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Targets;

/// <summary>Creates a container, starts it if that is wanted, and ends it again if nobody gets it.</summary>
internal static class ContainerCreation
{
    private static readonly TimeSpan s_toUndo = TimeSpan.FromSeconds(5);

    /// <param name="host">The host.</param>
    /// <param name="id">The id of the container.</param>
    /// <param name="from">The document.</param>
    /// <param name="starts">True to start the container as well.</param>
    /// <param name="handOver">Takes the container over. The container is ended again unless this returns.</param>
    /// <param name="output">The output for warnings.</param>
    /// <param name="deadline">The time limit of the command.</param>
    public static async Task RunAsync(
        HcsHost host,
        string id,
        CreatedFrom from,
        bool starts,
        Func<TrackedContainer, Task> handOver,
        ICommandOutput output,
        Deadline deadline)
    {
        IContainer created = await host.Service.CreateContainerAsync(id, from.Document, from.Version, deadline)
            .ConfigureAwait(false);
        TrackedContainer tracked = host.Handles.Add(created);
        tracked.CreatedFrom = from;
        bool isHandedOver = false;
        try
        {
            if (starts)
            {
                await created.StartAsync(deadline).ConfigureAwait(false);
            }

            await handOver(tracked).ConfigureAwait(false);
            isHandedOver = true;
        }
        finally
        {
            if (!isHandedOver)
            {
                await Deadline.EndsWithinAsync(UndoAsync(created, output, deadline), null, deadline.Stop).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Ends a container that the command does not return, or that it cannot start.</summary>
    private static async Task UndoAsync(IContainer created, ICommandOutput output, Deadline deadline)
    {
        try
        {
            await created.TerminateAsync(deadline.ToCleanUp(s_toUndo)).ConfigureAwait(false);
        }
        catch (HcsException e)
        {
            output.Warning($"Container '{created.Id}' was created and cannot be ended: {HcsErrors.Reason(e)} "
                + "Stop-HcsContainer -Force ends it later.");
        }
    }
}
