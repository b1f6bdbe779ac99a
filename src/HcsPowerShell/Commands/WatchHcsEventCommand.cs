using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Abstractions;
using HcsPowerShell.Execution;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>
/// Gives what the service reports of containers as objects, from now on, until stopped or until all of them have exited.
/// </summary>
/// <remarks>
/// The service reports to handles on single containers: with a pattern, as <c>*</c> for all, those are watched that exist
/// now, and none that is created later.
/// </remarks>
[Cmdlet(VerbsCommon.Watch, "HcsEvent", DefaultParameterSetName = ContainerSet)]
[OutputType(typeof(HcsEvent), typeof(Job))]
public sealed class WatchHcsEventCommand : HcsContainerOnlyCmdlet
{
    private readonly List<WatchedContainer> _watched = [];

    /// <summary>Watches in the background and returns a job with one child for each container.</summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    private protected override string Verb => "watch";

    private protected override bool WantsJob => AsJob;

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_watched.Count > 0)
        {
            Run(Verb + " containers", null, (output, stop) => Task.WhenAll(_watched.Select(watched =>
                GuardAsync(Attempt(watched.Target), watched.Target.Id, output, () => watched.RunAsync(output, stop)))));
        }

        base.EndProcessing();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _watched.ForEach(watched => watched.Dispose());
        _watched.Clear();
        base.Dispose(disposing);
    }

    private protected override void Process(ContainerTarget target) =>
        Guard(Attempt(target), target.Id, () =>
        {
            // Opened here and not when the watching begins: what happens in between must not be missed.
            var watched = new WatchedContainer(target, Await(target.OpenAsync(StopToken)));
            WriteVerbose($"Watching {target}.");
            if (AsJob)
            {
                Dispatch(Attempt(target), target.Id, (output, stop) => RunAsync(watched, output, stop));
            }
            else
            {
                _watched.Add(watched);
            }
        });

    private static async Task RunAsync(WatchedContainer watched, ICommandOutput output, CancellationToken stop)
    {
        using (watched)
        {
            await watched.RunAsync(output, stop).ConfigureAwait(false);
        }
    }
}
