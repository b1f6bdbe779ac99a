using System;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Streams;

namespace HcsPowerShell.Hosts;

/// <summary>
/// A process in a container whose handle this PowerShell process keeps until the process has exited and its output was
/// read, and its exit status after that.
/// </summary>
internal sealed class TrackedProcess
{
    private readonly DateTimeOffset _seen;
    private readonly TaskCompletionSource<bool> _closed = new();

    /// <param name="handle">The handle; this object closes it when it is of no more use.</param>
    /// <param name="stdio">The pipes of the process.</param>
    /// <param name="seen">The time when the process was started, or first opened.</param>
    public TrackedProcess(IProcess handle, ProcessStdio stdio, DateTimeOffset seen)
    {
        _seen = seen;
        Handle = handle;
        Stdio = stdio;
        Output = new UnreadOutput(stdio);
        Exited = ObserveAsync();
        Done = EndAsync();
    }

    public IProcess Handle { get; }

    public ProcessStdio Stdio { get; private set; }

    /// <summary>The output of the process that no command has received yet.</summary>
    public UnreadOutput Output { get; private set; }

    public Task<ProcessStatus> Exited { get; }

    /// <summary>Completes when the process has exited and its output was read, or when it was closed.</summary>
    public Task Done { get; }

    /// <summary>True when the handle and the pipes are closed.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>True when the handle is open and the process had not exited a moment ago.</summary>
    public bool IsOpen => !IsClosed && !Handle.Exited.IsCompleted;

    /// <summary>True when the handle was closed before the exit was known; it gives no more information.</summary>
    public bool IsReleased => IsClosed && Status is null;

    /// <summary>Closes the handle and the pipes, with their unread output.</summary>
    public void Close()
    {
        IsClosed = true;
        try
        {
            Handle.Close();
        }
        finally
        {
            // A remembered process keeps only its exit status.
            Stdio = ProcessStdio.None;
            Output = new UnreadOutput(Stdio);
            _closed.TrySetResult(true);
        }
    }

    /// <summary>The exit status; null while the process runs, or when it will never be known.</summary>
    public ProcessStatus? Status => Exited.Status == TaskStatus.RanToCompletion ? Exited.Result : null;

    /// <summary>The time from the start, or from the first opening, to the exit.</summary>
    public TimeSpan? Duration { get; private set; }

    private async Task<ProcessStatus> ObserveAsync()
    {
        ProcessStatus status = await Handle.Exited.ConfigureAwait(false);
        Duration = DateTimeOffset.Now - _seen;
        return status;
    }

    private async Task EndAsync()
    {
        await Task.WhenAny(Exited, _closed.Task).ConfigureAwait(false);
        if (Stdio != ProcessStdio.None)
        {
            // When the connection to the service is lost, the process may still write.
            Task over = Status is null ? _closed.Task : Stdio.OutputOver;
            await Task.WhenAny(over, _closed.Task).ConfigureAwait(false);
        }

        UnreportedClose.Run(Handle.Close);
    }
}
