using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Abstractions;
using HcsPowerShell.Binding;
using HcsPowerShell.Documents;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>Shuts containers down, and ends those that do not (hcsshim <c>Shutdown</c>, <c>Terminate</c>).</summary>
[Cmdlet(VerbsLifecycle.Stop, "HcsContainer", SupportsShouldProcess = true, DefaultParameterSetName = ContainerSet,
    HelpUri = HelpPages.Address + "Stop-HcsContainer.md")]
[OutputType(typeof(HcsContainer), typeof(Job))]
public sealed class StopHcsContainerCommand : HcsContainerOnlyCmdlet
{
    private const int DefaultTimeoutSec = 60;

    /// <summary>Seconds a container gets to shut down before it is ended; by default 60. 0 ends it at once.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue / 1000)]
    [NotBlank]
    public int TimeoutSec { get; set; } = DefaultTimeoutSec;

    /// <summary>Ends the container at once, without shutting it down.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the container, with its exit status, to the pipeline.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Runs in the background and returns a job with one child for each container.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter AsJob { get; set; }

    private protected override string Verb => "stop";

    private protected override bool WantsJob => AsJob;

    private protected override void Process(ContainerTarget target) =>
        Guard(Attempt(target), target.Id, () =>
        {
            if (Approve(target, Force ? "Terminate" : "Stop"))
            {
                Stop(target);
            }
        });

    private void Stop(ContainerTarget target)
    {
        try
        {
            using ContainerLease lease = Await(target.OpenAsync(StopToken));
            HcsContainer container = target.Object ?? Await(target.DescribeAsync(lease.Container, StopToken));
            if (MayStop(container))
            {
                container.Tracked = target.Track(lease);
                Dispatch(Attempt(target), target.Id, (output, stop) => StopAsync(target, container, output, stop));
            }
        }
        catch (HcsException e) when (
            (e.Is(HResult.SystemNotFound) || e.Is(HResult.SystemAlreadyStopped)) && target.Tracked?.ExitStatus is not null)
        {
            WriteVerbose($"{target} has already exited.");
            if (PassThru && target.Object is not null)
            {
                WriteObject(target.Object);
            }
        }
    }

    /// <summary>Ending another product's container at once is asked for by name, unless told not to ask.</summary>
    private bool MayStop(HcsContainer container)
    {
        if (!Force
            || string.Equals(container.Owner, ContainerDraft.DefaultOwner, StringComparison.OrdinalIgnoreCase)
            || (MyInvocation.BoundParameters.TryGetValue("Confirm", out object? confirm)
                && confirm is SwitchParameter { IsPresent: false }))
        {
            return true;
        }

        string owner = string.IsNullOrEmpty(container.Owner) ? "an unknown owner" : $"owner '{container.Owner}'";
        string question = $"Container '{container.Id}' belongs to {owner}, not to HcsPowerShell. Terminate it?";
        return Confirm(
            question,
            "Terminate another product's container",
            $"Cannot stop container '{container.Id}': it belongs to {owner}, and nobody can be asked here.",
            container.Id);
    }

    private async Task StopAsync(
        ContainerTarget target, HcsContainer container, ICommandOutput output, CancellationToken stop)
    {
        TrackedContainer tracked = container.Tracked!;
        if (Force || !await ShutDownAsync(target, tracked, output, stop).ConfigureAwait(false))
        {
            await Deadline.WithinAsync(DefaultTimeoutSec, stop, token => tracked.Handle.TerminateAsync(token)).ConfigureAwait(false);
            await Deadline.WithinAsync(DefaultTimeoutSec, stop, _ => tracked.Exited).ConfigureAwait(false);
        }

        if (PassThru)
        {
            output.Object(container);
        }
    }

    private static async Task ShutDownToTheEndAsync(
        ContainerTarget target, TrackedContainer tracked, ICommandOutput output, CancellationToken stop)
    {
        try
        {
            await tracked.Handle.ShutdownAsync(stop).ConfigureAwait(false);
        }
        catch (HcsException e) when (MayEndAllTheSame(e))
        {
            output.Verbose($"{target} did not take the request to shut down: {e.Message} Its time is waited for.");
        }

        await tracked.Exited.ConfigureAwait(false);
    }

    /// <summary>The refusal says that the container will not shut down: waiting for it is of no use.</summary>
    private static bool CannotShutDown(HcsException e) =>
        e.Is(HResult.InvalidState) || e.Is(HResult.NotSupported) || e.Is(HResult.NotImplemented)
        || e.Is(HResult.UnknownMessage) || e.Is(HResult.ConnectionClosed) || e.Is(HResult.GuestCriticalError)
        || e.Is(HResult.SystemNotConfigured);

    /// <summary>The container is there and may be shutting down; if it is not, it is ended when its time has passed.</summary>
    private static bool MayEndAllTheSame(HcsException e) =>
        !CannotShutDown(e) && !e.IsAccessDenied && !e.IsServiceLost
        && !e.Is(HResult.InvalidHandle) && !e.Is(HResult.SystemNotFound) && !e.Is(HResult.SystemAlreadyStopped);

    /// <summary>True when the container has shut down in its time; false when it must be ended.</summary>
    private async Task<bool> ShutDownAsync(
        ContainerTarget target, TrackedContainer tracked, ICommandOutput output, CancellationToken stop)
    {
        try
        {
            await Deadline.WithinAsync(TimeoutSec, stop, token => ShutDownToTheEndAsync(target, tracked, output, token))
                .ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            output.Verbose($"{target} has not shut down in {TimeoutSec} seconds; terminating it.");
            return false;
        }
        catch (HcsException e) when (CannotShutDown(e))
        {
            output.Verbose($"{target} cannot shut down: {e.Message} Terminating it.");
            return false;
        }
    }
}
