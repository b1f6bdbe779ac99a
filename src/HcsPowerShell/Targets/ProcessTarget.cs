using System.Threading.Tasks;
using HcsPowerShell.Hosts;

namespace HcsPowerShell.Targets;

/// <summary>A process a command acts on.</summary>
/// <param name="Host">The host it lives on.</param>
/// <param name="ContainerId">The container it runs in.</param>
/// <param name="ProcessId">Its id inside the container.</param>
/// <param name="Object">The object it was named by, when it was one; kept up to date.</param>
internal sealed record ProcessTarget(HcsHost Host, string ContainerId, uint ProcessId, HcsProcess? Object)
{
    /// <summary>The process with its pipes, when this session started it or waits on it; it may have exited.</summary>
    public TrackedProcess? Tracked =>
        Object?.Tracked is { IsReleased: false } known ? known : Host.Handles.Find(ContainerId, ProcessId);

    /// <summary>A handle that is kept until the process exits; another one when ours was closed before that.</summary>
    public async Task<TrackedProcess> TrackAsync(Deadline deadline)
    {
        TrackedProcess tracked = Object?.Tracked is { IsReleased: false } known
            ? known
            : await Host.Handles.TrackAsync(ContainerId, ProcessId, deadline).ConfigureAwait(false);
        if (Object is not null)
        {
            Object.Tracked = tracked;
        }

        return tracked;
    }

    /// <summary>The object it was named by, or a new one.</summary>
    public HcsProcess Describe() => Object ?? new HcsProcess(Host, ContainerId, ProcessId, Tracked);

    /// <summary>As messages name it.</summary>
    public override string ToString() => $"process {ProcessId} of container '{ContainerId}'";
}
