using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Execution;
using HcsPowerShell.Hosts;
using HcsPowerShell.Targets;
using HcsPowerShell.Watching;

namespace HcsPowerShell.Commands;

/// <summary>
/// Gives what the service reports of containers as objects, from now on, until stopped or until all of them have exited.
/// </summary>
/// <remarks>
/// The service reports to handles on single containers: with a pattern, as <c>*</c> for all, those are watched that exist
/// now, and none that is created later.
/// </remarks>
[Cmdlet(VerbsCommon.Watch, "HcsEvent", DefaultParameterSetName = ContainerSet,
    HelpUri = HelpPages.Address + "Watch-HcsEvent.md")]
[OutputType(typeof(HcsEvent), typeof(Job))]
public sealed class WatchHcsEventCommand : HcsContainerCommand
{
    private readonly List<WatchedContainer> _watched = [];

    /// <summary>Watches in the background and returns a job with one child for each container.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter AsJob { get; set; }

    private protected override string Verb => "watch";

    private protected override bool WantsJob => AsJob;

    private protected override bool LastsAsTarget => true;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _watched.ForEach(watched => watched.Dispose());
        _watched.Clear();
        base.Dispose(disposing);
    }

    private protected override void Process(ContainerTarget target) =>
        Dispatch(
            Attempt(target),
            target.Id,
            deadline => OpenAsync(target, deadline),
            (watched, output, deadline) => RunAsync(watched, output, deadline));

    private async Task<WatchedContainer> OpenAsync(ContainerTarget target, Deadline deadline)
    {
        var watched = new WatchedContainer(target, await target.OpenAsync(deadline).ConfigureAwait(false));
        if (!AsJob)
        {
            _watched.Add(watched);
        }

        return watched;
    }

    private async Task RunAsync(WatchedContainer watched, ICommandOutput output, Deadline deadline)
    {
        using (watched)
        {
            output.Verbose($"Watching {watched.Target}.");
            await watched.RunAsync(TimeoutSec, output, deadline.Stop).ConfigureAwait(false);
        }
    }
}
