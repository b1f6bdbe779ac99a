using System;
using System.Threading.Tasks;
using HcsPowerShell.Errors;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Targets;

/// <summary>A virtual machine that a command acts on, or the one behind a container with Hyper-V isolation.</summary>
/// <param name="Target">The system that the user named.</param>
/// <param name="Tracked">The system.</param>
/// <param name="Properties">Its properties.</param>
internal sealed record MachineTarget(ContainerTarget Target, TrackedContainer Tracked, ContainerProperties Properties)
{
    /// <summary>The id that rights on files are granted to.</summary>
    public string MachineId => RuntimeIdOf(Properties) is { } runtime ? runtime.ToString() : Tracked.Handle.Id;

    /// <summary>Opens the system, and keeps the handle until it exits.</summary>
    /// <exception cref="NotAMachineException">It is a container that shares the kernel of its host.</exception>
    public static async Task<MachineTarget> OpenAsync(ContainerTarget target, Deadline deadline)
    {
        TrackedContainer tracked = await target.TrackAsync(deadline).ConfigureAwait(false);
        ContainerProperties properties = await tracked.Handle.GetPropertiesAsync(
            new PropertyQuery(), deadline.AtMost(ComputeOperation.Properties.DefaultTimeout())).ConfigureAwait(false);
        return properties.SystemType == nameof(HcsSystemType.VirtualMachine) || RuntimeIdOf(properties) is not null
            ? new MachineTarget(target, tracked, properties)
            : throw new NotAMachineException();
    }

    /// <summary>The object that the user named the system by, or a new one.</summary>
    public HcsContainer Describe() => Target.Object ?? new HcsContainer(Target.Host, Properties, Tracked);

    private static Guid? RuntimeIdOf(ContainerProperties properties) =>
        Guid.TryParse(properties.RuntimeId, out Guid id) && id != Guid.Empty ? id : null;
}
