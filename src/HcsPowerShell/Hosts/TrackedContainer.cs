using System;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Documents.Values;

namespace HcsPowerShell.Hosts;

/// <summary>A container this process keeps a handle on until it exits, and how it ended after that.</summary>
internal sealed class TrackedContainer
{
    private readonly TaskCompletionSource<SystemExitStatus> _unseen =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TrackedContainer(IContainer handle)
    {
        Handle = handle;
        Exited = ObserveAsync(handle);
    }

    public IContainer Handle { get; }

    public Task<SystemExitStatus> Exited { get; }

    /// <summary>The handle is open and the container had not exited a moment ago.</summary>
    public bool IsOpen => !IsReleased && !Handle.Exited.IsCompleted;

    /// <summary>It was closed before the exit: nothing more can be learned from this handle.</summary>
    public bool IsReleased { get; private set; }

    /// <summary>Closes the handle; the container goes on, unless it was created to end with its last handle.</summary>
    public void Release()
    {
        IsReleased = true;
        Handle.Close();
    }

    /// <summary>Lends the handle, when the container has not exited.</summary>
    /// <exception cref="HcsException">It has, or the service has gone.</exception>
    public ContainerLease Lend(string id) =>
        IsOpen
            ? new ContainerLease(this)
            : throw ((Exited.IsCompleted ? Exited : Handle.Exited).Exception?.InnerException as HcsException
                ?? new HcsException("HcsOpenComputeSystem", HResult.SystemAlreadyStopped, id));

    /// <summary>How it ended; null while it has not, or when that will never be known.</summary>
    public SystemExitStatus? ExitStatus => Exited.Status == TaskStatus.RanToCompletion ? Exited.Result : null;

    /// <summary>When the exit was seen.</summary>
    public DateTimeOffset? ExitTime { get; private set; }

    /// <summary>It has gone, and nobody will tell how.</summary>
    public void EndUnseen() =>
        _unseen.TrySetResult(new SystemExitStatus { ExitType = nameof(NotificationType.Unknown) });

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
