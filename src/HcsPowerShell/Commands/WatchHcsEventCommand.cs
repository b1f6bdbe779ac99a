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
/// Writes the events that the service reports for containers from now on, until the command is stopped or all
/// containers have exited.
/// </summary>
/// <remarks>
/// The service reports to handles to single containers. With a pattern, such as <c>*</c> for all, the command watches
/// the containers that exist now, and none that is created later.
/// </remarks>
[Cmdlet(VerbsCommon.Watch, "HcsEvent", DefaultParameterSetName = IdSet,
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
