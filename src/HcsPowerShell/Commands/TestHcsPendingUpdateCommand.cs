using System.Management.Automation;
using HcsPowerShell.Base;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>
/// Tests for each container whether updates wait for a servicing boot (hcsshim <c>HasPendingUpdates</c>). The service
/// leaves the member out when there are none.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "HcsPendingUpdate", DefaultParameterSetName = IdSet,
    HelpUri = HelpPages.Address + "Test-HcsPendingUpdate.md")]
[OutputType(typeof(bool))]
public sealed class TestHcsPendingUpdateCommand : HcsContainerCommand
{
    private static readonly PropertyQuery s_pendingUpdates = new() { PropertyTypes = ["PendingUpdates"] };

    private protected override string Verb => "look for pending updates of";

    private protected override void Process(ContainerTarget target) =>
        Dispatch(Attempt(target), target.Id, async (output, deadline) =>
        {
            using ContainerLease lease = await target.OpenAsync(deadline).ConfigureAwait(false);
            ContainerProperties properties =
                await lease.Container.GetPropertiesAsync(s_pendingUpdates, deadline).ConfigureAwait(false);
            output.Object(properties.AreUpdatesPending);
        });
}
