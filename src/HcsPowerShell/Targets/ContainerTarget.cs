using System.Threading;
using System.Threading.Tasks;
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
    public Task<ContainerLease> OpenAsync(CancellationToken stop) =>
        OfObject is { } tracked
            ? Task.FromResult(tracked.Lend(Id))
            : Host.Handles.OpenAsync(Id, stop);

    /// <summary>A handle that is kept until the container exits.</summary>
    public async Task<TrackedContainer> TrackAsync(CancellationToken stop) =>
        Know(OfObject ?? await Host.Handles.TrackAsync(Id, stop).ConfigureAwait(false));

    /// <summary>Keeps the handle of a lease until the container exits.</summary>
    public TrackedContainer Track(ContainerLease lease) =>
        Know(lease.Keep(Host.Handles));

    /// <summary>A new object for it.</summary>
    public async Task<HcsContainer> DescribeAsync(IContainer container, CancellationToken stop)
    {
        ContainerProperties properties =
            await container.GetPropertiesAsync(s_baseProperties, stop).ConfigureAwait(false);
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
