using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Errors;
using HcsPowerShell.Execution;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Ownership;

namespace HcsPowerShell.Targets;

/// <summary>Creates a container, starts it if that is wanted, and ends it again if nobody gets it.</summary>
internal static class ContainerCreation
{
    private static readonly TimeSpan s_toUndo = TimeSpan.FromSeconds(5);

    /// <param name="host">The host.</param>
    /// <param name="id">The id of the container.</param>
    /// <param name="from">The document.</param>
    /// <param name="left">
    /// The open record of what an earlier container of the id has left for this one; null when all is new.
    /// </param>
    /// <param name="starts">True to start the container as well.</param>
    /// <param name="handOver">Takes the container over. The container is ended again unless this returns.</param>
    /// <param name="output">The output for warnings.</param>
    /// <param name="deadline">The time limit of the command.</param>
    public static async Task RunAsync(
        HcsHost host,
        string id,
        CreatedFrom from,
        OwnedContainer? left,
        bool starts,
        Func<TrackedContainer, Task> handOver,
        ICommandOutput output,
        Deadline deadline)
    {
        using OwnedContainer? owned = left ?? (from.Owned is { HasResources: true } plan
            ? await host.Ownership.MakeAsync(id, plan, () => deadline).ConfigureAwait(false)
            : null);
        (IContainer created, CreatedFrom whole) = await CreateAsync(host, id, from, owned, output, deadline).ConfigureAwait(false);
        TrackedContainer tracked = host.Handles.Add(created);
        tracked.CreatedFrom = whole;
        tracked.OwnedKey = owned?.Record.Key;

        // From here on it belongs to the container, and its exit removes it.
        owned?.Dispose();
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
                await Deadline.EndsWithinAsync(UndoAsync(tracked, output, deadline), null, deadline.Stop).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Creates the container on the scratch of its record, which is removed again when that fails.</summary>
    private static async Task<(IContainer Created, CreatedFrom From)> CreateAsync(
        HcsHost host, string id, CreatedFrom given, OwnedContainer? owned, ICommandOutput output, Deadline deadline)
    {
        bool isCreated = false;
        try
        {
            if (owned is not null)
            {
                OwnedResources ready = await owned.PrepareAsync(given.Owned!, () => deadline).ConfigureAwait(false);
                Tell(host, id, ready, output);
                given = given with { Document = ready.Complete(given.Given, given.Version) };
            }

            IContainer created = await host.Service.CreateContainerAsync(id, given.Document, given.Version, deadline)
                .ConfigureAwait(false);
            isCreated = true;
            return (created, given);
        }
        finally
        {
            if (!isCreated && owned is not null)
            {
                await UndoAsync(id, owned, output, deadline).ConfigureAwait(false);
            }
        }
    }

    private static void Tell(HcsHost host, string id, OwnedResources ready, ICommandOutput output)
    {
        if (ready.Scratch is { } scratch)
        {
            output.Verbose($"Container '{id}' gets the scratch '{scratch.Path}'"
                + (scratch.VolumePath is { } volume ? $", mounted at '{volume}'." : "."));
        }

        foreach (HostComputeEndpoint endpoint in ready.Endpoints)
        {
            string ports = string.Join(", ", HcsEndpoint.PortsOf(endpoint).AsEnumerable());
            output.Verbose($"Container '{id}' gets the endpoint '{EndpointTarget.Of(host, endpoint).Name}' with the address "
                + $"{endpoint.IpConfigurations?.FirstOrDefault()?.IpAddress}"
                + (ports.Length == 0 ? "." : $" and the ports {ports}."));
        }
    }

    /// <summary>Removes what was made for a container that could not be created.</summary>
    private static async Task UndoAsync(string id, OwnedContainer owned, ICommandOutput output, Deadline deadline)
    {
        try
        {
            await owned.UndoAsync(() => deadline.ToCleanUp(s_toUndo)).ConfigureAwait(false);
        }
        catch (Exception e) when (ContainerOwnership.IsRefusal(e))
        {
            output.Warning($"Container '{id}' was not created, and what was made for it stays: {HcsErrors.Reason(e)} "
                + "The next New-HcsContainer removes it.");
        }
    }

    /// <summary>
    /// Ends a container that the command does not return, or that it cannot start, and removes what it owned.
    /// </summary>
    private static async Task UndoAsync(TrackedContainer tracked, ICommandOutput output, Deadline deadline)
    {
        IContainer created = tracked.Handle;
        try
        {
            await created.TerminateAsync(deadline.ToCleanUp(s_toUndo)).ConfigureAwait(false);
            if (tracked.OwnedKey is not null)
            {
                await Deadline.EndsWithinAsync(tracked.CleanedUp, s_toUndo, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (HcsException e)
        {
            output.Warning($"Container '{created.Id}' was created and cannot be ended: {HcsErrors.Reason(e)} "
                + "Stop-HcsContainer -Force ends it later.");
        }
    }
}
