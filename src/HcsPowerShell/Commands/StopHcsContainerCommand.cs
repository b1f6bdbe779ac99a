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
    private const int SecondsToTerminate = 30;

    // A separate notification reports the exit, and may be lost.
    private static readonly TimeSpan s_toSeeExit = TimeSpan.FromSeconds(5);

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

    private bool IsToldNotToAsk =>
        MyInvocation.BoundParameters.TryGetValue("Confirm", out object? confirm)
        && confirm is SwitchParameter { IsPresent: false };

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
            WriteVerbose($"{target} has already exited.");
        }
    }

    /// <summary>Asks for confirmation before another product's container is ended at once.</summary>
    private bool MayEnd(ContainerTarget target, string? owner)
    {
        if (string.Equals(owner, ContainerDraft.DefaultOwner, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        string whose = string.IsNullOrEmpty(owner) ? "an unknown owner" : $"owner '{owner}'";
        string question = $"Container '{target.Id}' belongs to {whose}, not to HcsPowerShell. Terminate it?";
        return Confirm(
            question,
            "Terminate another product's container",
            $"Cannot stop container '{target.Id}': it belongs to {whose}, and this session cannot ask.",
            target.Id);
    }

    private string? OwnerOf(ContainerTarget target, ContainerLease lease)
    {
        try
        {
            return Await(target.DescribeAsync(lease.Container, new Deadline(TimeoutSec, StopToken))).Owner;
        }
        catch (Exception e) when ((e is HcsException or HcsDocumentException) && !SaysGone(e))
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
            if (PassThru && target.Object is not null)
            {
                output.Object(target.Object);
            }

            return;
        }

        HcsContainer? container = PassThru
            ? await target.DescribeAsync(tracked.Handle, output, deadline).ConfigureAwait(false)
            : null;
        if (Force || !await ShutDownAsync(target, tracked, output, deadline).ConfigureAwait(false))
        {
            await TerminateAsync(tracked, Force ? deadline : new Deadline(SecondsToTerminate, deadline.Stop))
                .ConfigureAwait(false);
        }

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
        SaysGone(e) && target.Tracked?.ExitStatus is not null;

    private static bool SaysGone(Exception e) =>
        e is HcsException refusal && (refusal.Is(HResult.SystemNotFound) || refusal.Is(HResult.SystemAlreadyStopped));

    /// <summary>True when the error says that the container will not shut down, so that a wait is useless.</summary>
    private static bool CannotShutDown(HcsException e) =>
        e.Is(HResult.InvalidState) || e.Is(HResult.NotSupported) || e.Is(HResult.NotImplemented)
        || e.Is(HResult.UnknownMessage) || e.Is(HResult.ConnectionClosed) || e.Is(HResult.GuestCriticalError)
        || e.Is(HResult.SystemNotConfigured);

    /// <summary>
    /// True when the container exists and may be shutting down. If it is not, it is ended when its time has passed.
    /// </summary>
    private static bool MayEndAllTheSame(HcsException e) =>
        !e.IsAccessDenied && !e.IsServiceLost
        && !e.Is(HResult.InvalidHandle) && !e.Is(HResult.SystemNotFound) && !e.Is(HResult.SystemAlreadyStopped);

    /// <summary>True when the container has shut down in its time; false when it must be ended.</summary>
    private async Task<bool> ShutDownAsync(
        ContainerTarget target, TrackedContainer tracked, ICommandOutput output, Deadline deadline)
    {
        try
        {
            // A time of 0 sends the request and does not wait for the answer.
            await tracked.Handle.ShutdownAsync(deadline.AtMost(deadline.Left ?? Timeout.InfiniteTimeSpan))
                .ConfigureAwait(false);
        }
        catch (HcsException e) when (CannotShutDown(e) && !tracked.Handle.Exited.IsFaulted)
        {
            output.Verbose($"{target} cannot shut down: {e.Message} Terminating it.");
            return false;
        }
        catch (HcsException e) when (MayEndAllTheSame(e) && !tracked.Handle.Exited.IsFaulted)
        {
            if (!e.Is(HResult.OperationTimeout))
            {
                output.Verbose($"{target} did not take the request to shut down: {e.Message} Its time is waited for.");
            }
        }

        if (await Deadline.EndsWithinAsync(tracked.Exited, deadline.Left, deadline.Stop).ConfigureAwait(false))
        {
            await tracked.Exited.ConfigureAwait(false);
            return true;
        }

        output.Verbose($"{target} has not shut down in {TimeoutSec} seconds; terminating it.");
        return false;
    }

    private static async Task TerminateAsync(TrackedContainer tracked, Deadline deadline)
    {
        await deadline.RunAsync(left => tracked.Handle.TerminateAsync(left)).ConfigureAwait(false);
        if (await Deadline.EndsWithinAsync(tracked.Exited, s_toSeeExit, deadline.Stop).ConfigureAwait(false))
        {
            await tracked.Exited.ConfigureAwait(false);
        }
        else if (await HasGoneAsync(tracked.Handle, deadline.Stop).ConfigureAwait(false))
        {
            tracked.EndUnseen();
            await tracked.Exited.ConfigureAwait(false);
        }
        else
        {
            throw new TimeoutException("it was told to end and has not exited.");
        }
    }

    private static async Task<bool> HasGoneAsync(IContainer container, CancellationToken stop)
    {
        try
        {
            ContainerProperties properties = await container.GetPropertiesAsync(
                new PropertyQuery(), new CallOptions(stop, s_toSeeExit)).ConfigureAwait(false);
            return properties is { Stopped: true } or { State: "Stopped" };
        }
        catch (HcsException e)
        {
            return SaysGone(e);
        }
    }
}
