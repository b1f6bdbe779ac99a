using System;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Documents.Values;
using HcsPowerShell.Interop.Ownership;

namespace HcsPowerShell.Hosts;

/// <summary>
/// A container whose handle this process keeps until the container exits, and its exit status after that.
/// </summary>
internal sealed class TrackedContainer
{
    private readonly ContainerOwnership _ownership;
    private readonly TaskCompletionSource<SystemExitStatus> _unseen =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TrackedContainer(IContainer handle, ContainerOwnership ownership)
    {
        _ownership = ownership;
        Handle = handle;
        Exited = ObserveAsync(handle);
        CleanedUp = CleanUpAsync();
    }

    public IContainer Handle { get; }

    /// <summary>The document that this process created the container from; null for a container of another process.</summary>
    public CreatedFrom? CreatedFrom { get; set; }

    public Task<SystemExitStatus> Exited { get; }

    /// <summary>
    /// Completes when what the container owned is removed, after its exit; at once when the handle was closed before. The
    /// result is the reason why something stays, for which its record stays too; null when nothing does.
    /// </summary>
    public Task<Exception?> CleanedUp { get; }

    /// <summary>Key of the record of what the container owns; null when this process has not written one.</summary>
    public string? OwnedKey { get; set; }

    /// <summary>True to leave what the container owns when it exits: it is created again.</summary>
    public bool IsRestarting { get; set; }

    /// <summary>True when the handle is open and the container had not exited a moment ago.</summary>
    public bool IsOpen => !IsReleased && !Handle.Exited.IsCompleted;

    /// <summary>True when the handle was closed before the exit; it gives no more information.</summary>
    public bool IsReleased { get; private set; }

    /// <summary>
    /// Closes the handle; the container continues, unless it was created to end with its last handle.
    /// </summary>
    public void Release()
    {
        IsReleased = true;
        Handle.Close();
    }

    /// <summary>Lends the handle of a container that has not exited.</summary>
    /// <exception cref="HcsException">The container has exited, or the connection to the service is lost.</exception>
    public ContainerLease Lend(string id) =>
        IsOpen
            ? new ContainerLease(this)
            : throw ((Exited.IsCompleted ? Exited : Handle.Exited).Exception?.InnerException as HcsException
                ?? new HcsException("HcsOpenComputeSystem", HResult.SystemAlreadyStopped, id));

    /// <summary>The exit status; null before the exit, or when it will never be known.</summary>
    public SystemExitStatus? ExitStatus => Exited.Status == TaskStatus.RanToCompletion ? Exited.Result : null;

    /// <summary>The time when this process saw the exit.</summary>
    public DateTimeOffset? ExitTime { get; private set; }

    /// <summary>Reports the exit of a container that is gone and whose exit status will never be known.</summary>
    public void EndUnseen() =>
        _unseen.TrySetResult(new SystemExitStatus { ExitType = nameof(NotificationType.Unknown) });

    private async Task<Exception?> CleanUpAsync()
    {
        // Others await the exit, and see its failure.
        await Task.WhenAny(Exited).ConfigureAwait(false);
        if (ExitStatus is null || IsRestarting)
        {
            return null;
        }

        Deadline deadline = new(Deadline.EndSec, CancellationToken.None);
        try
        {
            await _ownership.EndAsync(Handle.Id, OwnedKey, () => deadline).ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (ContainerOwnership.IsRefusal(e))
        {
            return e;
        }
    }

    private async Task<SystemExitStatus> ObserveAsync(IContainer handle)
    {
        try
        {
            SystemExitStatus status =
                await (await Task.WhenAny(handle.Exited, _unseen.Task).ConfigureAwait(false)).ConfigureAwait(false);
            ExitTime = DateTimeOffset.Now;
            return status;
        }
        finally
        {
            UnreportedClose.Run(handle.Close);
        }
    }
}

/// <summary>The document that a container was created from. It may hold secrets.</summary>
/// <param name="Given">The document without the things that the container owns.</param>
/// <param name="Version">The schema version of the document.</param>
internal sealed record CreatedFrom(string Given, SchemaVersion Version)
{
    /// <summary>The document, as it is sent.</summary>
    public string Document { get; init; } = Given;

    /// <summary>The class of the document.</summary>
    public Type Type => Version.CreationType;

    /// <summary>The things that are made for it; null when it owns none.</summary>
    public OwnershipPlan? Owned { get; init; }
}
