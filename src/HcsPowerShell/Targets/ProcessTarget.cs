using System.Threading.Tasks;
using HcsPowerShell.Hosts;

namespace HcsPowerShell.Targets;

/// <summary>A process that a command acts on.</summary>
/// <param name="Host">The host of the process.</param>
/// <param name="ContainerId">The id of the container that the process runs in.</param>
/// <param name="ProcessId">The id of the process inside the container.</param>
/// <param name="Object">The object that the user named it by, if any; the command keeps it up to date.</param>
internal sealed record ProcessTarget(HcsHost Host, string ContainerId, uint ProcessId, HcsProcess? Object)
{
    /// <summary>
    /// The process with its pipes, when this session started it or waits for it; the process may have exited.
    /// </summary>
    public TrackedProcess? Tracked =>
        Object?.Tracked is { IsReleased: false } known ? known : Host.Handles.Find(ContainerId, ProcessId);

    /// <summary>
    /// Finds or opens a handle that is kept until the process exits. Opens another one when the earlier handle was
    /// closed before that.
    /// </summary>
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

    /// <summary>The object that the user named the process by, or a new one.</summary>
    public HcsProcess Describe() => Object ?? new HcsProcess(Host, ContainerId, ProcessId, Tracked);

    /// <summary>The name of the target in messages.</summary>
    public override string ToString() => $"process {ProcessId} of container '{ContainerId}'";
}
