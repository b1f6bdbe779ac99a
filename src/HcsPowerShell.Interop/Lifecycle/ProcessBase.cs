using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop.Lifecycle;

/// <summary>
/// Base class of a handle on a process, for every host. It has the single kill, the deadlines and the streams; an
/// adapter adds its operations.
/// </summary>
/// <param name="state">The state of the process.</param>
/// <param name="stdio">The streams of a process that was started through this handle.</param>
internal abstract class ProcessBase(ProcessSignals state, ProcessStdio? stdio)
    : HandleBase<ProcessStatus>(state, ComputeOperation.ProcessClose), IProcess
{
    private readonly ProcessStdio _stdio = stdio is null ? ProcessStdio.None : UntilExit(stdio, state.Exited);
    private int _stdinClosed;
    private volatile bool _killed;

    public uint ProcessId => State.ProcessId;

    protected ProcessSignals State { get; } = state;

    public Task KillAsync(CallOptions options) =>
        CallAsync(ComputeOperation.Kill, options, KillOnceAsync, overtakenBy: 0);

    public Task ResizeConsoleAsync(ushort width, ushort height, CallOptions options) =>
        CallAsync(
            ComputeOperation.ResizeConsole,
            options,
            abandoned => ResizeConsoleAsync(width, height, abandoned),
            HResult.ProcessAlreadyStopped);

    public Task<ProcessStdio> GetStdioAsync(CallOptions options) =>
        new BoundedCall(ComputeOperation.Stdio, State.Id, State.Lifetime, options).RunAsync(GetStdioAsync);

    public Task CloseStdinAsync(CallOptions options)
    {
        if (State.HasExited)
        {
            // Also on a handle that was closed after the exit: there is nothing left to close.
            CloseStream(_stdio.StandardInput);
            return Task.CompletedTask;
        }

        return CallAsync(ComputeOperation.CloseStdin, options, CloseStdinOnceAsync, overtakenBy: 0);
    }

    private protected sealed override void CloseStreams()
    {
        CloseStream(_stdio.StandardInput);
        CloseStream(_stdio.StandardOutput);
        CloseStream(_stdio.StandardError);
    }

    /// <summary>Ends the process.</summary>
    private protected abstract Task KillAsync(CancellationToken abandoned);

    private protected abstract Task ResizeConsoleAsync(ushort width, ushort height, CancellationToken abandoned);

    /// <summary>Tells the process that its input has ended, where closing the stream does not do that.</summary>
    private protected abstract Task CloseStdinAsync(CancellationToken abandoned);

    private protected virtual Task<ProcessStdio> GetStdioAsync(CancellationToken abandoned) => Task.FromResult(_stdio);

    /// <summary>Makes the exit close the pipes; data left in the pipes from the process stays readable.</summary>
    private static ProcessStdio UntilExit(ProcessStdio pipes, Task exited)
    {
        if (pipes.StandardInput is { } input)
        {
            exited.ContinueWith(
                static (_, input) => CloseStream((Stream)input!),
                input,
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnRanToCompletion,
                TaskScheduler.Default);
        }

        return pipes with
        {
            StandardOutput = OutputPipe.Of(pipes.StandardOutput, exited),
            StandardError = OutputPipe.Of(pipes.StandardError, exited),
        };
    }

    private static void CloseStream(Stream? stream)
    {
        try
        {
            stream?.Dispose();
        }
        catch (IOException)
        {
            // The last bytes could not be written, because the pipe has no reader; the pipe is closed all the same.
        }
    }

    private Task CallAsync(
        ComputeOperation operation, CallOptions options, Func<CancellationToken, Task> make, int overtakenBy) =>
        Call(operation, options, overtakenBy).RunAsync(make);

    private async Task KillOnceAsync(CancellationToken abandoned)
    {
        if (State.HasExited)
        {
            throw new HcsException(ComputeOperation.Kill.Function(), HResult.ProcessAlreadyStopped, State.Id);
        }

        if (_killed)
        {
            return;
        }

        await KillAsync(abandoned).ConfigureAwait(false);
        _killed = true;
    }

    private async Task CloseStdinOnceAsync(CancellationToken abandoned)
    {
        if (Interlocked.Exchange(ref _stdinClosed, 1) != 0)
        {
            return;
        }

        try
        {
            // After the exit the service refuses the request. Before the exit, closing only the local end does not
            // reach the guest.
            if (!State.HasExited)
            {
                await CloseStdinAsync(abandoned).ConfigureAwait(false);
            }
        }
        catch (HcsException e) when (ProcessSignals.SaysGone(e) || (State.HasExited && e.Is(HResult.InvalidState)))
        {
            // The process exited between the check and the request: its standard input is closed, as requested.
        }
        finally
        {
            CloseStream(_stdio.StandardInput);
        }
    }
}
