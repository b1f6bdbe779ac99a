using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Abstractions;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>Waits until containers have exited (hcsshim <c>Wait</c>, <c>WaitTimeout</c>).</summary>
[Cmdlet(VerbsLifecycle.Wait, "HcsContainer", DefaultParameterSetName = ContainerSet)]
[OutputType(typeof(HcsExitStatus), typeof(Job))]
public sealed class WaitHcsContainerCommand : HcsContainerOnlyCmdlet
{
    private readonly WaitSet _waits = new("Waiting for containers to exit");

    /// <summary>Seconds to wait; 0 looks once. Without it the command waits without end.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue / 1000)]
    public int? TimeoutSec { get; set; }

    /// <summary>Ends with the first container that exits.</summary>
    [Parameter]
    public SwitchParameter Any { get; set; }

    /// <summary>Waits in the background and returns a job with one child for each container.</summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    private protected override string Verb => "wait for";

    private protected override bool WantsJob => AsJob;

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_waits.Count > 0)
        {
            Run(Verb + " containers", null, (output, stop) => _waits.RunAsync(Any, output, stop));
        }

        base.EndProcessing();
    }

    private protected override void Process(ContainerTarget target) =>
        Guard(Attempt(target), target.Id, () =>
        {
            // Opened here and not when the waiting begins: an exit in between must not be missed.
            Task<TrackedContainer> opening = OpenAsync(target);
            Task Wait(ICommandOutput output, CancellationToken stop) => WaitAsync(target, opening, output, stop);
            if (AsJob)
            {
                Dispatch(Attempt(target), target.Id, Wait);
            }
            else
            {
                Await(opening);
                _waits.Add(target.Id, (output, stop) =>
                    GuardAsync(Attempt(target), target.Id, output, () => Wait(output, stop)));
            }
        });

    private async Task<TrackedContainer> OpenAsync(ContainerTarget target)
    {
        try
        {
            return await target.TrackAsync(StopToken).ConfigureAwait(false);
        }
        catch (HcsException e) when (e.Is(HResult.SystemNotFound) && target.Tracked is { ExitStatus: not null })
        {
            // The service has forgotten it; this process was there when it ended.
            return target.Tracked;
        }
    }

    private async Task WaitAsync(
        ContainerTarget target, Task<TrackedContainer> opening, ICommandOutput output, CancellationToken stop)
    {
        TrackedContainer tracked = await opening.ConfigureAwait(false);
        await Deadline.WithinAsync(TimeoutSec, stop, _ => tracked.Exited, "it has not exited").ConfigureAwait(false);
        output.Object(new HcsExitStatus(target.Id, target.Host, tracked));
    }
}
