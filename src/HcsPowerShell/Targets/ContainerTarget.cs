using System;
using System.Threading.Tasks;
using HcsPowerShell.Errors;
using HcsPowerShell.Execution;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Targets;

/// <summary>A container a command acts on.</summary>
/// <param name="Host">The host it lives on.</param>
/// <param name="Id">Its id.</param>
/// <param name="Object">The object it was named by, when it was one; kept up to date.</param>
internal sealed record ContainerTarget(HcsHost Host, string Id, HcsContainer? Object)
{
    private static readonly PropertyQuery s_baseProperties = new();

    /// <summary>What this process knows of it.</summary>
    public TrackedContainer? Tracked => OfObject ?? Host.Handles.Find(Id);

    private TrackedContainer? OfObject => Object?.Tracked is { IsReleased: false } known ? known : null;

    /// <summary>A handle for one command.</summary>
    /// <remarks>An object stands for the system it came from, even when another has taken the id since.</remarks>
    public Task<ContainerLease> OpenAsync(Deadline deadline) =>
        OfObject is { } tracked
            ? Task.FromResult(tracked.Lend(Id))
            : Host.Handles.OpenAsync(Id, deadline);

    /// <summary>A handle that is kept until the container exits.</summary>
    public async Task<TrackedContainer> TrackAsync(Deadline deadline) =>
        Know(OfObject ?? await Host.Handles.TrackAsync(Id, deadline).ConfigureAwait(false));

    /// <summary>Keeps the handle of a lease until the container exits.</summary>
    public TrackedContainer Track(ContainerLease lease) =>
        Know(lease.Keep(Host.Handles));

    /// <summary>
    /// The object it was named by, or a new one. What has been done with it stays done: when the service does not
    /// describe it, the object says only what is known here, and a warning tells why.
    /// </summary>
    /// <param name="container">A handle.</param>
    /// <param name="output">Where the warning goes.</param>
    /// <param name="deadline">The time of the command.</param>
    /// <param name="state">The state it is in, where that is known.</param>
    public Task<HcsContainer> DescribeAsync(
        IContainer container, ICommandOutput output, Deadline deadline, string? state = null) => Object is { } named
            ? Task.FromResult(named)
            : DescribeAsync(Host, container, new ContainerProperties { Id = Id, State = state }, output, deadline);

    /// <summary>The same for a container that was created just now.</summary>
    /// <param name="host">Where it lives.</param>
    /// <param name="container">A handle.</param>
    /// <param name="known">What is known of it.</param>
    /// <param name="output">Where the warning goes.</param>
    /// <param name="deadline">The time of the command.</param>
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

        return new HcsContainer(host, properties, host.Handles.Find(container.Id));
    }

    /// <summary>A new object for it.</summary>
    public async Task<HcsContainer> DescribeAsync(IContainer container, CallOptions options)
    {
        ContainerProperties properties =
            await container.GetPropertiesAsync(s_baseProperties, options).ConfigureAwait(false);
        return new HcsContainer(Host, properties, Host.Handles.Find(Id));
    }

    private TrackedContainer Know(TrackedContainer tracked)
    {
        if (Object is not null)
        {
            Object.Tracked = tracked;
        }

        return tracked;
    }

    /// <summary>As messages name it.</summary>
    public override string ToString() => $"container '{Id}'";
}
