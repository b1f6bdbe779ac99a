using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Errors;
using HcsPowerShell.Execution;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Ownership;

namespace HcsPowerShell.Targets;

/// <summary>A container that a command acts on.</summary>
/// <param name="Host">The host of the container.</param>
/// <param name="Id">The id of the container.</param>
/// <param name="Object">The object that the user named it by, if any; the command keeps it up to date.</param>
internal sealed record ContainerTarget(HcsHost Host, string Id, HcsContainer? Object)
{
    private static readonly PropertyQuery s_baseProperties = new();

    /// <summary>The tracked container, when this process knows it.</summary>
    public TrackedContainer? Tracked => OfObject ?? Host.Handles.Find(Id);

    private TrackedContainer? OfObject => Object?.Tracked is { IsReleased: false } known ? known : null;

    /// <summary>Lists the containers of a host that run.</summary>
    public static async Task<IEnumerable<ContainerTarget>> ListRunningAsync(HcsHost host, Deadline deadline) =>
        (await host.ListAsync(new ComputeSystemQuery(), deadline).ConfigureAwait(false))
            .Where(system => system.State == nameof(HcsSystemState.Running))
            .Select(system => new ContainerTarget(host, system.Id ?? string.Empty, null));

    /// <summary>Finds or opens a handle for one command.</summary>
    /// <remarks>An object stands for the system that it came from, even when another system has the id now.</remarks>
    public Task<ContainerLease> OpenAsync(Deadline deadline) =>
        OfObject is { } tracked
            ? Task.FromResult(tracked.Lend(Id))
            : Host.Handles.OpenAsync(Id, deadline);

    /// <summary>Finds or opens a handle that is kept until the container exits.</summary>
    public async Task<TrackedContainer> TrackAsync(Deadline deadline) =>
        Know(OfObject ?? await Host.Handles.TrackAsync(Id, deadline).ConfigureAwait(false));

    /// <summary>Keeps the handle of a lease until the container exits.</summary>
    public TrackedContainer Track(ContainerLease lease) =>
        Know(lease.Keep(Host.Handles));

    /// <summary>
    /// The object that the user named the container by, or a new one. The change that a command made remains: when the
    /// service does not describe the container, the object has only the properties known here, and a warning states the
    /// reason.
    /// </summary>
    /// <param name="container">A handle to the container.</param>
    /// <param name="output">The output for the warning.</param>
    /// <param name="deadline">The time limit of the command.</param>
    /// <param name="state">The state of the container, when it is known.</param>
    public Task<HcsContainer> DescribeAsync(
        IContainer container, ICommandOutput output, Deadline deadline, string? state = null) => Object is { } named
            ? Task.FromResult(named)
            : DescribeAsync(Host, container, new ContainerProperties { Id = Id, State = state }, output, deadline);

    /// <summary>The same for a container that was created just now.</summary>
    /// <param name="host">The host of the container.</param>
    /// <param name="container">A handle to the container.</param>
    /// <param name="known">The properties that are known.</param>
    /// <param name="output">The output for the warning.</param>
    /// <param name="deadline">The time limit of the command.</param>
    public static async Task<HcsContainer> DescribeAsync(
        HcsHost host, IContainer container, ContainerProperties known, ICommandOutput output, Deadline deadline)
    {
        ContainerProperties properties = known;
        try
        {
            properties = await container.GetPropertiesAsync(
                s_baseProperties, deadline.AtMost(ComputeOperation.Properties.DefaultTimeout())).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HcsException or HcsDocumentException)
        {
            output.Warning($"Container '{known.Id}' cannot be described: {HcsErrors.Reason(e)}");
        }

        return await DescribeAsync(host, container.Id, properties, deadline).ConfigureAwait(false);
    }

    /// <summary>Creates a new object for the container.</summary>
    public async Task<HcsContainer> DescribeAsync(IContainer container, CallOptions options)
    {
        ContainerProperties properties =
            await container.GetPropertiesAsync(s_baseProperties, options).ConfigureAwait(false);
        return await DescribeAsync(Host, Id, properties, options).ConfigureAwait(false);
    }

    private static async Task<HcsContainer> DescribeAsync(
        HcsHost host, string id, ContainerProperties properties, CallOptions options)
    {
        OwnedScratch? scratch = await host.Ownership.ReadAsync(id, options).ConfigureAwait(false);
        return new HcsContainer(host, properties, host.Handles.Find(id), scratch);
    }

    private TrackedContainer Know(TrackedContainer tracked)
    {
        if (Object is not null)
        {
            Object.Tracked = tracked;
        }

        return tracked;
    }

    /// <summary>The name of the target in messages.</summary>
    public override string ToString() => $"container '{Id}'";
}
