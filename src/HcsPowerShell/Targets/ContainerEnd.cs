using System;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Errors;
using HcsPowerShell.Execution;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Targets;

/// <summary>Ends containers: shuts them down in their time, or ends them at once.</summary>
internal static class ContainerEnd
{
    private const int SecondsToTerminate = 30;
    private const int SecondsToSeeExit = 5;

    /// <summary>Ends the container, and waits until it has exited and what it owned is removed.</summary>
    /// <param name="target">The container, as messages name it.</param>
    /// <param name="tracked">The container.</param>
    /// <param name="atOnce">True to end it without shutting it down.</param>
    /// <param name="output">The output for verbose messages.</param>
    /// <param name="deadline">The time limit of the shutdown, or of the end.</param>
    public static async Task RunAsync(
        ContainerTarget target, TrackedContainer tracked, bool atOnce, ICommandOutput output, Deadline deadline)
    {
        if (atOnce || !await ShutDownAsync(target, tracked, output, deadline).ConfigureAwait(false))
        {
            await TerminateAsync(tracked, atOnce ? deadline : deadline.ForPart(SecondsToTerminate)).ConfigureAwait(false);
        }

        await CleanUpAsync(target, tracked, output, deadline).ConfigureAwait(false);
    }

    /// <summary>
    /// Waits for the notification of an exit that has probably happened: it is a separate one, and may be late or lost. False
    /// after five seconds.
    /// </summary>
    public static Task<bool> SeesExitAsync(Task exited, CancellationToken stop) =>
        Deadline.EndsWithinAsync(exited, TimeSpan.FromSeconds(SecondsToSeeExit), stop);

    /// <summary>True for a refusal that says that the container has exited or does not exist.</summary>
    public static bool SaysGone(Exception e) =>
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
    private static async Task<bool> ShutDownAsync(
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

        output.Verbose($"{target} has not shut down in {deadline.Seconds} seconds; terminating it.");
        return false;
    }

    /// <summary>Waits until what an exited container owned is removed, and warns when something stays.</summary>
    /// <param name="target">The container, as messages name it.</param>
    /// <param name="tracked">The container.</param>
    /// <param name="output">The output for the warning.</param>
    /// <param name="deadline">The stop signal of the command.</param>
    public static async Task CleanUpAsync(
        ContainerTarget target, TrackedContainer tracked, ICommandOutput output, Deadline deadline)
    {
        var longest = TimeSpan.FromSeconds(Deadline.EndSec);
        if (!await Deadline.EndsWithinAsync(tracked.CleanedUp, longest, deadline.Stop).ConfigureAwait(false))
        {
            output.Warning($"What {target} owned is still being removed.");
        }
        else if (await tracked.CleanedUp.ConfigureAwait(false) is { } failure)
        {
            output.Warning($"What {target} owned stays: {HcsErrors.Reason(failure)} The next New-HcsContainer removes it, or"
                + " Get-HcsLayer -Orphaned | Remove-HcsLayer.");
        }
    }

    private static async Task TerminateAsync(TrackedContainer tracked, Deadline deadline)
    {
        await deadline.RunAsync(left => tracked.Handle.TerminateAsync(left)).ConfigureAwait(false);
        if (await SeesExitAsync(tracked.Exited, deadline.Stop).ConfigureAwait(false))
        {
            await tracked.Exited.ConfigureAwait(false);
        }
        else if (await HasGoneAsync(tracked.Handle, deadline.ForPart(SecondsToSeeExit)).ConfigureAwait(false))
        {
            tracked.EndUnseen();
            await tracked.Exited.ConfigureAwait(false);
        }
        else
        {
            throw new TimeoutException("it was told to end and has not exited.");
        }
    }

    private static async Task<bool> HasGoneAsync(IContainer container, Deadline deadline)
    {
        try
        {
            ContainerProperties properties = await container.GetPropertiesAsync(new PropertyQuery(), deadline)
                .ConfigureAwait(false);
            return properties is { Stopped: true } or { State: "Stopped" };
        }
        catch (HcsException e)
        {
            return SaysGone(e);
        }
    }
}
