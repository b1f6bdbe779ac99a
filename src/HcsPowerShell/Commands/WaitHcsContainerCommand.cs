using System.Management.Automation;
using System.Threading.Tasks;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Execution;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>Waits until containers have exited (hcsshim <c>Wait</c>, <c>WaitTimeout</c>).</summary>
[Cmdlet(VerbsLifecycle.Wait, "HcsContainer", DefaultParameterSetName = IdSet,
    HelpUri = HelpPages.Address + "Wait-HcsContainer.md")]
[OutputType(typeof(HcsExitStatus), typeof(Job))]
public sealed class WaitHcsContainerCommand : HcsContainerCommand
{
    /// <summary>Ends with the first container that exits.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter Any { get; set; }

    /// <summary>Waits in the background and returns a job with one child for each container.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter AsJob { get; set; }

    private protected override string Verb => "wait for";

    private protected override bool WantsJob => AsJob;

    private protected override bool LastsAsTarget => true;

    private protected override string Activity => "Waiting for containers to exit";

    private protected override bool EndsWithFirst => Any;

    private protected override void Process(ContainerTarget target) =>
        Dispatch(
            Attempt(target),
            target.Id,
            deadline => OpenAsync(target, deadline),
            (tracked, output, deadline) => WaitAsync(target, tracked, output, deadline));

    private static async Task<TrackedContainer> OpenAsync(ContainerTarget target, Deadline deadline)
    {
        try
        {
            return await target.TrackAsync(deadline).ConfigureAwait(false);
        }
        catch (HcsException e) when (e.Is(HResult.SystemNotFound) && target.Tracked is { ExitStatus: not null })
        {
            // The service no longer knows the container, but this process saw its exit.
            return target.Tracked;
        }
    }

    private static async Task WaitAsync(
        ContainerTarget target, TrackedContainer tracked, ICommandOutput output, Deadline deadline)
    {
        await deadline.WaitAsync(tracked.Exited, "it has not exited").ConfigureAwait(false);
        output.Object(new HcsExitStatus(target.Id, target.Host, tracked));
    }
}
