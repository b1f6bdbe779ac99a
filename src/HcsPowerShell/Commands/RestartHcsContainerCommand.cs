using System;
using System.Management.Automation;
using System.Threading.Tasks;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Documents;
using HcsPowerShell.Errors;
using HcsPowerShell.Execution;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Ownership;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>
/// Stops containers, creates them again from the documents that they were created from, and starts them (hcsshim
/// <c>Shutdown</c>, <c>CreateContainer</c>, <c>Start</c>).
/// </summary>
/// <remarks>
/// HCS cannot start a system again after its exit. The command works for containers that this PowerShell process has
/// created, also when they have exited.
/// </remarks>
[Cmdlet(VerbsLifecycle.Restart, "HcsContainer", SupportsShouldProcess = true, DefaultParameterSetName = IdSet,
    HelpUri = HelpPages.Address + "Restart-HcsContainer.md")]
[OutputType(typeof(HcsContainer), typeof(Job))]
public sealed class RestartHcsContainerCommand : HcsContainerChangeCommand
{
    /// <summary>Ends the container at once, without shutting it down.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter Force { get; set; }

    private protected override string Verb => "restart";

    private protected override void Act(ContainerTarget target) => GuardWithin(Attempt(target), target.Id, deadline =>
    {
        // Refused while the container still runs.
        CreatedFrom from = target.Tracked?.CreatedFrom ?? throw Refusal(target, deadline);
        if (Approve(target, "Restart"))
        {
            Dispatch(Attempt(target), target.Id, (output, deadline) => RestartAsync(target, from, output, deadline));
        }
    });

    /// <summary>The reason why the container cannot be restarted: there is none with that id, or its document is unknown.</summary>
    /// <exception cref="HcsException">There is no such container.</exception>
    private NoConfigurationException Refusal(ContainerTarget target, Deadline deadline)
    {
        using ContainerLease lease = Await(target.OpenAsync(deadline));
        return new NoConfigurationException();
    }

    private async Task RestartAsync(
        ContainerTarget target, CreatedFrom from, ICommandOutput output, Deadline deadline)
    {
        // A container that does not shut down leaves time for its creation.
        int seconds = Math.Min((TimeoutSec ?? Deadline.ChangeSec) / 2, Deadline.EndSec);
        using OwnedContainer? left = await EndAsync(target, from, output, deadline.ForPart(seconds)).ConfigureAwait(false);
        try
        {
            await ContainerCreation.RunAsync(
                target.Host,
                target.Id,
                from,
                left,
                starts: true,
                created => HandOverAsync(target, created, output, deadline),
                output,
                deadline).ConfigureAwait(false);
        }
        catch (Exception e) when (CommandGuard.IsTargetFailure(e))
        {
            throw new FailedRestartException(e, SecretMask.Show(from.Document, from.Type));
        }
    }

    /// <summary>Ends the container; its record is held meanwhile, so that all that it owns stays.</summary>
    private async Task<OwnedContainer?> EndAsync(
        ContainerTarget target, CreatedFrom from, ICommandOutput output, Deadline deadline)
    {
        OwnedContainer? owned = from.Owned is { HasResources: true }
            ? await target.Host.Ownership.HoldAsync(target.Id, () => deadline).ConfigureAwait(false)
            : null;
        bool hasEnded = false;
        try
        {
            await EndAsync(target, output, deadline).ConfigureAwait(false);
            hasEnded = true;
            return owned;
        }
        finally
        {
            if (!hasEnded)
            {
                owned?.Dispose();
            }
        }
    }

    private async Task EndAsync(ContainerTarget target, ICommandOutput output, Deadline deadline)
    {
        if (target.Tracked is { } known)
        {
            known.IsRestarting = true;
        }

        try
        {
            using ContainerLease lease = await target.OpenAsync(deadline).ConfigureAwait(false);
            await ContainerEnd.RunAsync(target, target.Track(lease), Force, output, deadline).ConfigureAwait(false);
        }
        catch (HcsException e) when (ContainerEnd.SaysGone(e))
        {
            output.Verbose($"{target} has already exited.");
        }
        finally
        {
            // It may run on when it could not be ended.
            if (target.Tracked is { Exited.IsCompleted: false } running)
            {
                running.IsRestarting = false;
            }
        }
    }

    private async Task HandOverAsync(
        ContainerTarget target, TrackedContainer created, ICommandOutput output, Deadline deadline)
    {
        target.Object?.BeginAgain(created);
        if (PassThru)
        {
            output.Object(
                await target.DescribeAsync(created.Handle, output, deadline, "Running").ConfigureAwait(false));
        }
    }
}
