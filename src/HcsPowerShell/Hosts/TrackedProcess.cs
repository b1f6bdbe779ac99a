using System;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Streams;

namespace HcsPowerShell.Hosts;

/// <summary>
/// A process this process of ours keeps a handle on until it has exited and its output was read, and how it ended after that.
/// </summary>
internal sealed class TrackedProcess
{
    private readonly DateTimeOffset _seen;
    private readonly TaskCompletionSource<bool> _closed = new();

    /// <param name="handle">The handle; closed here once it is of no more use.</param>
    /// <param name="stdio">The pipes of the process.</param>
    /// <param name="seen">When it was started, or first opened.</param>
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

    /// <summary>What the process wrote and nobody has received yet.</summary>
    public UnreadOutput Output { get; private set; }

    public Task<ProcessStatus> Exited { get; }

    /// <summary>Completes when nothing is left to do with it: it has exited and its output was read, or it was closed.</summary>
    public Task Done { get; }

    /// <summary>The handle and the pipes are closed.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The handle is open and the process had not exited a moment ago.</summary>
    public bool IsOpen => !IsClosed && !Handle.Exited.IsCompleted;

    /// <summary>It was closed before the exit was known: nothing more can be learned from this handle.</summary>
    public bool IsReleased => IsClosed && Status is null;

    /// <summary>Closes the handle, and the pipes with what is unread in them.</summary>
    public void Close()
    {
        IsClosed = true;
        try
        {
            Handle.Close();
        }
        finally
        {
            // Remembered, it keeps its exit and nothing else.
            Stdio = ProcessStdio.None;
            Output = new UnreadOutput(Stdio);
            _closed.TrySetResult(true);
        }
    }

    /// <summary>How it ended; null while it runs, or when that will never be known.</summary>
    public ProcessStatus? Status => Exited.Status == TaskStatus.RanToCompletion ? Exited.Result : null;

    /// <summary>From the start, or from when it was first opened, to the exit.</summary>
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
            // After a lost service the process may still write.
            Task over = Status is null ? _closed.Task : Stdio.OutputOver;
            await Task.WhenAny(over, _closed.Task).ConfigureAwait(false);
        }

        UnreportedClose.Run(Handle.Close);
    }
}
