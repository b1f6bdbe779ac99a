using System.Threading.Tasks;
using HcsPowerShell.Errors;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Targets;

/// <summary>Where a process is created.</summary>
/// <param name="Target">The system whose handle creates it.</param>
/// <param name="IsInUtilityVm">True when its document asks for the utility virtual machine of that system.</param>
internal sealed record ProcessPlace(ContainerTarget Target, bool IsInUtilityVm)
{
    private static readonly ResultError s_refusal = new()
    {
        Error = HResult.NotSupported,
        ErrorMessage = "An embedded host has no virtual machines; the Host Compute Service of Windows has.",
    };

    /// <summary>
    /// The virtual machine that hosts a container. In schema 2 it is a system of its own; in schema 1 it has no id, and the
    /// document of the process asks for it.
    /// </summary>
    /// <exception cref="NotHostedException">No virtual machine hosts it.</exception>
    /// <exception cref="HcsException">The host has no virtual machines.</exception>
    public static async Task<ProcessPlace> OfHostAsync(ContainerTarget target, Deadline deadline)
    {
        if (target.Host.Kind == HostKind.Embedded)
        {
            throw new HcsException(
                ComputeOperation.CreateProcess.Function(), HResult.NotSupported, target.Id, HcsJson.Write(s_refusal));
        }

        using ContainerLease lease = await target.OpenAsync(deadline).ConfigureAwait(false);
        ContainerProperties properties = await lease.Container.GetPropertiesAsync(
            new PropertyQuery(), deadline.AtMost(ComputeOperation.Properties.DefaultTimeout())).ConfigureAwait(false);
        return properties.HostingSystemId is { Length: > 0 } host
            ? new ProcessPlace(new ContainerTarget(target.Host, host, null), IsInUtilityVm: false)
            : new HcsContainer(target.Host, properties, tracked: null).Isolation switch
            {
                "HyperV" => new ProcessPlace(target, IsInUtilityVm: true),
                null => throw new NotHostedException("it is a virtual machine itself."),
                _ => throw new NotHostedException("it shares the kernel of its host, and no virtual machine hosts it."),
            };
    }
}
