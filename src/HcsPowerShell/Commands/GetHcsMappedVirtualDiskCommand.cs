using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using HcsPowerShell.Base;
using HcsPowerShell.Execution;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>Lists the virtual disks attached to containers (hcsshim <c>MappedVirtualDisks</c>).</summary>
[Cmdlet(VerbsCommon.Get, "HcsMappedVirtualDisk", DefaultParameterSetName = IdSet,
    HelpUri = HelpPages.Address + "Get-HcsMappedVirtualDisk.md")]
[OutputType(typeof(HcsMappedVirtualDisk))]
public sealed class GetHcsMappedVirtualDiskCommand : HcsContainerCommand
{
    private static readonly PropertyQuery s_disks = new() { PropertyTypes = ["MappedVirtualDisk"] };

    private protected override string Verb => "list the virtual disks of";

    private protected override void Process(ContainerTarget target) =>
        Dispatch(Attempt(target), target.Id, (output, deadline) => ListAsync(target, output, deadline));

    private static async Task ListAsync(ContainerTarget target, ICommandOutput output, Deadline deadline)
    {
        using ContainerLease lease = await target.OpenAsync(deadline).ConfigureAwait(false);
        ContainerProperties properties =
            await lease.Container.GetPropertiesAsync(s_disks, deadline).ConfigureAwait(false);
        foreach (KeyValuePair<string, MappedVirtualDiskController> controller in properties.MappedVirtualDiskControllers ?? [])
        {
            foreach (KeyValuePair<string, MappedVirtualDisk> disk in controller.Value.MappedVirtualDisks ?? [])
            {
                output.Object(new HcsMappedVirtualDisk(target.Host, target.Id, controller.Key, disk.Key, disk.Value));
            }
        }
    }
}
