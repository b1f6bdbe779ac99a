using System;
using System.Threading.Tasks;
using HcsPowerShell.Execution;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Hosts;

/// <summary>A process this process of ours keeps a handle on until it exits, and how it ended after that.</summary>
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
        Output = new ProcessOutput(stdio);
        Exited = ObserveAsync();
        Done = stdio == ProcessStdio.None ? Exited : _closed.Task;
    }

    public IProcess Handle { get; }

    public ProcessStdio Stdio { get; }

    /// <summary>What the process wrote and nobody has received yet.</summary>
    public ProcessOutput Output { get; }

    public Task<ProcessStatus> Exited { get; }

    /// <summary>Completes when nothing is left to do with it: it has exited and has no pipes, or was closed.</summary>
    public Task Done { get; }

    /// <summary>The handle and the pipes are closed.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The handle is open and the process had not exited a moment ago.</summary>
    public bool IsOpen => !IsClosed && !Exited.IsCompleted;

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
            _closed.TrySetResult(true);
        }
    }

    /// <summary>How it ended; null while it runs, or when that will never be known.</summary>
    public ProcessStatus? Status => Exited.Status == TaskStatus.RanToCompletion ? Exited.Result : null;

    /// <summary>From the start, or from when it was first opened, to the exit.</summary>
    public TimeSpan? Duration { get; private set; }

    private async Task<ProcessStatus> ObserveAsync()
    {
        try
        {
            ProcessStatus status = await Handle.Exited.ConfigureAwait(false);
            Duration = DateTimeOffset.Now - _seen;
            return status;
        }
        finally
        {
            // What the process wrote stays readable until somebody closes it; without pipes nothing is left to keep.
            if (Stdio == ProcessStdio.None)
            {
                QuietClose.Run(Handle.Close);
            }
        }
    }
}
