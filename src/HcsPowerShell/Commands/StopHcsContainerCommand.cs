using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Documents;
using HcsPowerShell.Execution;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>
/// Shuts containers down, and ends those that do not shut down (hcsshim <c>Shutdown</c>, <c>Terminate</c>).
/// </summary>
[Cmdlet(VerbsLifecycle.Stop, "HcsContainer", SupportsShouldProcess = true, DefaultParameterSetName = IdSet,
    HelpUri = HelpPages.Address + "Stop-HcsContainer.md")]
[OutputType(typeof(HcsContainer), typeof(Job))]
public sealed class StopHcsContainerCommand : HcsContainerChangeCommand
{
    private readonly List<ContainerLease> _asked = [];

    /// <summary>Sets the default time limit for a shutdown to a minute.</summary>
    public StopHcsContainerCommand() => TimeoutSec = Deadline.EndSec;

    /// <summary>Ends the container at once, without shutting it down.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter Force { get; set; }

    private protected override string Verb => "stop";

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // Handles whose work has begun are kept until their containers have exited.
        _asked.ForEach(lease => UnreportedClose.Run(lease.Dispose));
        _asked.Clear();
        base.Dispose(disposing);
    }

    private protected override void Act(ContainerTarget target)
    {
        if (!Approve(target, Force ? "Terminate" : "Stop"))
        {
            return;
        }

        if (!Force || IsToldNotToAsk || (target.Object is { } named && MayEnd(target, named.Owner)))
        {
            Dispatch(target, opened: null);
        }
        else if (target.Object is null)
        {
            GuardWithin(Attempt(target), target.Id, deadline => AskAndEnd(target, deadline));
        }
    }

    private void Dispatch(ContainerTarget target, ContainerLease? opened) =>
        Dispatch(Attempt(target), target.Id, (output, deadline) => StopAsync(target, opened, output, deadline));

    /// <summary>
    /// Queries the owner with the handle of the container that is ended, because another container may take the id
    /// meanwhile.
    /// </summary>
    private void AskAndEnd(ContainerTarget target, Deadline deadline)
    {
        try
        {
            ContainerLease lease = Await(target.OpenAsync(deadline));
            _asked.Add(lease);
            if (MayEnd(target, OwnerOf(target, lease)))
            {
                Dispatch(target, lease);
            }
        }
        catch (HcsException e) when (SaysExited(e, target))
        {
            Dispatch(target, opened: null);
        }
    }

    private bool MayEnd(ContainerTarget target, string? owner) =>
        ConfirmForeign("container", target.Id, owner, "Terminate", Verb, target.Id);

    private string? OwnerOf(ContainerTarget target, ContainerLease lease)
    {
        try
        {
            return Await(target.DescribeAsync(lease.Container, new Deadline(TimeoutSec, StopToken))).Owner;
        }
        catch (Exception e) when ((e is HcsException or HcsDocumentException) && !ContainerEnd.SaysGone(e))
        {
            WriteVerbose($"The owner of {target} cannot be learned: {e.Message}");
            return null;
        }
    }

    private async Task StopAsync(
        ContainerTarget target, ContainerLease? opened, ICommandOutput output, Deadline deadline)
    {
        if (await OpenAsync(target, opened, deadline).ConfigureAwait(false) is not { } tracked)
        {
            output.Verbose($"{target} has already exited.");
            if (target.Tracked is { } exited)
            {
                await ContainerEnd.CleanUpAsync(target, exited, output, deadline).ConfigureAwait(false);
            }

            if (PassThru && target.Object is not null)
            {
                output.Object(target.Object);
            }

            return;
        }

        HcsContainer? container = PassThru
            ? await target.DescribeAsync(tracked.Handle, output, deadline).ConfigureAwait(false)
            : null;
        await ContainerEnd.RunAsync(target, tracked, Force, output, deadline).ConfigureAwait(false);
        if (container is not null)
        {
            output.Object(container);
        }
    }

    /// <summary>
    /// A handle that is kept until the exit; null for a container that this process knows to have exited.
    /// </summary>
    private static async Task<TrackedContainer?> OpenAsync(
        ContainerTarget target, ContainerLease? opened, Deadline deadline)
    {
        try
        {
            using ContainerLease lease = opened ?? await target.OpenAsync(deadline).ConfigureAwait(false);
            return target.Track(lease);
        }
        catch (HcsException e) when (SaysExited(e, target))
        {
            return null;
        }
    }

    /// <summary>True when the container is gone and this process knows its exit status.</summary>
    private static bool SaysExited(HcsException e, ContainerTarget target) =>
        ContainerEnd.SaysGone(e) && target.Tracked?.ExitStatus is not null;
}
