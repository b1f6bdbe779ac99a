using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Binding;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Abstractions;

/// <summary>A command that moves containers from one state to another by one call.</summary>
public abstract class HcsStateCmdlet : HcsContainerOnlyCmdlet
{
    private protected HcsStateCmdlet()
    {
    }

    /// <summary>Seconds to wait for the service; by default 240.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue / 1000)]
    [NotBlank]
    public int TimeoutSec { get; set; } = Deadline.DefaultSec;

    /// <summary>Writes the container to the pipeline.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Runs in the background and returns a job with one child for each container.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter AsJob { get; set; }

    private protected override bool WantsJob => AsJob;

    /// <summary>The action as a confirmation names it.</summary>
    private protected abstract string Action { get; }

    /// <summary>The state a container is in afterwards.</summary>
    private protected abstract string NewState { get; }

    private protected abstract Task ChangeAsync(IContainer container, CancellationToken stop);

    private protected override void Process(ContainerTarget target)
    {
        if (Approve(target, Action))
        {
            Dispatch(Attempt(target), target.Id, (output, stop) => ChangeAsync(target, output, stop));
        }
    }

    private async Task ChangeAsync(ContainerTarget target, ICommandOutput output, CancellationToken stop)
    {
        using ContainerLease lease = await target.OpenAsync(stop).ConfigureAwait(false);
        await Deadline.WithinAsync(TimeoutSec, stop, token => ChangeAsync(lease.Container, token)).ConfigureAwait(false);
        target.Object?.MoveTo(NewState);
        if (PassThru)
        {
            output.Object(target.Object ?? await target.DescribeAsync(lease.Container, stop).ConfigureAwait(false));
        }
    }
}
