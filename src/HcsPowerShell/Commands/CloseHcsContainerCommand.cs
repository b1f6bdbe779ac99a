using System.Management.Automation;
using System.Threading.Tasks;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Execution;
using HcsPowerShell.Hosts;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>
/// Releases this session's handles to containers (hcsshim <c>Close</c>). The containers continue, unless they were
/// created with TerminateOnLastHandleClosed. This session no longer learns their exit status, unless a later wait opens
/// them again.
/// </summary>
[Cmdlet(VerbsCommon.Close, "HcsContainer", SupportsShouldProcess = true, DefaultParameterSetName = IdSet,
    HelpUri = HelpPages.Address + "Close-HcsContainer.md")]
[OutputType(typeof(HcsContainer))]
public sealed class CloseHcsContainerCommand : HcsContainerCommand
{
    /// <summary>Writes the container to the pipeline.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter PassThru { get; set; }

    private protected override string Verb => "close";

    private protected override void Process(ContainerTarget target)
    {
        TrackedContainer? held = target.Tracked is { IsOpen: true } tracked ? tracked : null;
        if (held is null)
        {
            WriteVerbose($"This session holds no handle on {target}.");
        }
        else if (!Approve(target, "Close"))
        {
            return;
        }

        if (PassThru || held is not null)
        {
            Dispatch(Attempt(target), target.Id, (output, deadline) => CloseAsync(target, held, output, deadline));
        }
    }

    /// <summary>Describes the container first, because it may end with the handle.</summary>
    private async Task CloseAsync(
        ContainerTarget target, TrackedContainer? held, ICommandOutput output, Deadline deadline)
    {
        try
        {
            if (PassThru)
            {
                output.Object(target.Object ?? await DescribeAsync(target, output, deadline).ConfigureAwait(false));
            }
        }
        finally
        {
            held?.Release();
        }
    }

    private static async Task<HcsContainer> DescribeAsync(
        ContainerTarget target, ICommandOutput output, Deadline deadline)
    {
        using ContainerLease lease = await target.OpenAsync(deadline).ConfigureAwait(false);
        return await target.DescribeAsync(lease.Container, output, deadline).ConfigureAwait(false);
    }
}
