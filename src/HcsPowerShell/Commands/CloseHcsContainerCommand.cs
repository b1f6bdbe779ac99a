using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Abstractions;
using HcsPowerShell.Hosts;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>
/// Releases this session's handle on containers (hcsshim <c>Close</c>). They go on, unless created with
/// TerminateOnLastHandleClosed; how they end is not known here any more, unless a later wait opens them again.
/// </summary>
[Cmdlet(VerbsCommon.Close, "HcsContainer", SupportsShouldProcess = true, DefaultParameterSetName = ContainerSet)]
[OutputType(typeof(HcsContainer))]
public sealed class CloseHcsContainerCommand : HcsContainerOnlyCmdlet
{
    /// <summary>Writes the container to the pipeline.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string Verb => "close";

    private protected override void Process(ContainerTarget target)
    {
        if (target.Tracked is not { IsOpen: true } tracked)
        {
            WriteVerbose($"This session holds no handle on {target}.");
        }
        else if (Approve(target, "Close"))
        {
            Guard(Attempt(target), target.Id, tracked.Release);
        }

        if (PassThru)
        {
            Run(Attempt(target), target.Id, (output, stop) => DescribeAsync(target, output, stop));
        }
    }

    private static async Task DescribeAsync(ContainerTarget target, ICommandOutput output, CancellationToken stop)
    {
        if (target.Object is { } container)
        {
            output.Object(container);
            return;
        }

        using ContainerLease lease = await target.OpenAsync(stop).ConfigureAwait(false);
        output.Object(await target.DescribeAsync(lease.Container, stop).ConfigureAwait(false));
    }
}
