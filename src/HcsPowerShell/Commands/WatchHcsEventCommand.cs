using System;
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
/// containers have exited; or those for the networks of a host.
/// </summary>
/// <remarks>
/// The service reports to handles to single containers. With a pattern, such as <c>*</c> for all, the command watches
/// the containers that exist now, and none that is created later.
/// </remarks>
[Cmdlet(VerbsCommon.Watch, "HcsEvent", DefaultParameterSetName = IdSet,
    HelpUri = HelpPages.Address + "Watch-HcsEvent.md")]
[OutputType(typeof(HcsEvent), typeof(HcsNetworkEvent), typeof(Job))]
public sealed class WatchHcsEventCommand : HcsContainerCommand
{
    private const string NetworkSet = "Network";

    private readonly List<IDisposable> _watched = [];

    /// <summary>
    /// Watches the networks, endpoints and namespaces of the host instead, until the command is stopped or the host ends.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = NetworkSet)]
    [NotBlank]
    public SwitchParameter Network { get; set; }

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

    /// <inheritdoc/>
    private protected override void ProcessHere()
    {
        if (ParameterSetName != NetworkSet)
        {
            base.ProcessHere();
            return;
        }

        HcsHost? host = null;
        Guard("watch the networks", null, () => host = ResolveHost());
        if (host is not null)
        {
            Dispatch(
                $"watch the networks of host '{host.Name}'",
                host.Name,
                async deadline => Keep(await WatchedNetworks.BeginAsync(host, deadline).ConfigureAwait(false)),
                (watched, output, deadline) => RunAsync(host, watched, output, deadline));
            BeginApproved();
        }
    }

    private protected override void Process(ContainerTarget target) =>
        Dispatch(
            Attempt(target),
            target.Id,
            async deadline => Keep(new WatchedContainer(target, await target.OpenAsync(deadline).ConfigureAwait(false))),
            (watched, output, deadline) => RunAsync(watched, output, deadline));

    private T Keep<T>(T watched)
        where T : IDisposable
    {
        if (!AsJob)
        {
            _watched.Add(watched);
        }

        return watched;
    }

    private async Task RunAsync(HcsHost host, WatchedNetworks watched, ICommandOutput output, Deadline deadline)
    {
        using (watched)
        {
            output.Verbose($"Watching the networks of host '{host.Name}'.");
            await watched.RunAsync(TimeoutSec, output, deadline).ConfigureAwait(false);
        }
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
