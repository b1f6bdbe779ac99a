using System.Threading.Tasks;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Abstractions;

/// <summary>A command that moves containers from one state to another by one call.</summary>
public abstract class HcsStateCmdlet : HcsContainerActionCmdlet
{
    private protected HcsStateCmdlet() => TimeoutSec = Deadline.ChangeSec;

    /// <summary>The action as a confirmation names it.</summary>
    private protected abstract string Action { get; }

    /// <summary>The state a container is in afterwards.</summary>
    private protected abstract string NewState { get; }

    private protected abstract Task ChangeAsync(IContainer container, CallOptions options);

    private protected override void Act(ContainerTarget target)
    {
        if (Approve(target, Action))
        {
            Dispatch(Attempt(target), target.Id, (output, deadline) => ChangeAsync(target, output, deadline));
        }
    }

    private async Task ChangeAsync(ContainerTarget target, ICommandOutput output, Deadline deadline)
    {
        using ContainerLease lease = await target.OpenAsync(deadline).ConfigureAwait(false);
        await ChangeAsync(lease.Container, deadline).ConfigureAwait(false);
        target.Object?.MoveTo(NewState);
        if (PassThru)
        {
            output.Object(
                await target.DescribeAsync(lease.Container, output, deadline, NewState).ConfigureAwait(false));
        }
    }
}
