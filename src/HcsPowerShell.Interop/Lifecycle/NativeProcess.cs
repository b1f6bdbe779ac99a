using System.IO;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop.Lifecycle;

/// <summary>What both libraries have in common of a process; a library adds its calls.</summary>
internal abstract class NativeProcess : IProcess
{
    private readonly ProcessStdio _stdio;
    private int _checked;
    private int _stdinClosed;
    private int _closed;
    private volatile bool _killed;

    /// <param name="state">Where callbacks write what they hear.</param>
    /// <param name="stdio">The streams, of a process started here.</param>
    private protected NativeProcess(ProcessState state, ProcessStdio? stdio)
    {
        State = state;
        _stdio = stdio ?? ProcessStdio.None;
        state.System.Attach(state);
    }

    public uint ProcessId => State.ProcessId;

    public Task<ProcessStatus> Exited
    {
        get
        {
            // Whether an exit before the callback was set is still told of is not documented, so it is asked for once.
            if (Interlocked.Exchange(ref _checked, 1) == 0)
            {
                State.CheckAsync().Forget();
            }

            return State.Exited;
        }
    }

    protected ProcessState State { get; }

    private bool HasExited => State.Exited.Status == TaskStatus.RanToCompletion;

    public async Task KillAsync(CancellationToken cancellationToken)
    {
        ThrowIfClosed(nameof(KillAsync));
        if (HasExited)
        {
            throw new HcsException(nameof(KillAsync), HResult.ProcessAlreadyStopped, State.System.Id);
        }

        if (_killed)
        {
            return;
        }

        try
        {
            await Cancellable.RunAsync(TerminateAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (HcsException e) when (ProcessState.SaysGone(e))
        {
            State.CheckAsync().Forget();
            throw new HcsException(e.Function, HResult.ProcessAlreadyStopped, e.SystemId, e.ResultDocument, e);
        }
        catch (HcsException e) when (e.Is(HResult.AccessDenied))
        {
            // So Windows refuses to terminate what is already being terminated, through another handle perhaps.
        }

        _killed = true;
    }

    public Task ResizeConsoleAsync(ushort width, ushort height, CancellationToken cancellationToken)
    {
        ThrowIfClosed(nameof(ResizeConsoleAsync));
        var request = new ProcessModifyRequest
        {
            Operation = "ConsoleSize",
            ConsoleSize = new ConsoleSize { Height = height, Width = width },
        };
        return Cancellable.RunAsync(() => ModifyAsync(HcsJson.Write(request)), cancellationToken);
    }

    public Task<ProcessStdio> GetStdioAsync(CancellationToken cancellationToken)
    {
        ThrowIfClosed(nameof(GetStdioAsync));
        return Task.FromResult(_stdio);
    }

    public async Task CloseStdinAsync(CancellationToken cancellationToken)
    {
        ThrowIfClosed(nameof(CloseStdinAsync));
        if (Interlocked.Exchange(ref _stdinClosed, 1) != 0)
        {
            return;
        }

        try
        {
            // After the exit the service refuses the request; before it, the local end alone does not reach the guest.
            if (!HasExited)
            {
                var request = new ProcessModifyRequest
                {
                    Operation = "CloseHandle",
                    CloseHandle = new CloseHandle { Handle = "StdIn" },
                };
                await Cancellable.RunAsync(() => ModifyAsync(HcsJson.Write(request)), cancellationToken)
                    .ConfigureAwait(false);
            }
        }
        catch (HcsException e) when (ProcessState.SaysGone(e) || (HasExited && e.Is(HResult.InvalidState)))
        {
            // It exited between the question and the request: its standard input is as closed as asked for.
        }
        finally
        {
            Dispose(_stdio.StandardInput);
        }
    }

    public void Close()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
        {
            return;
        }

        State.Close();
        Dispose(_stdio.StandardInput);
        Dispose(_stdio.StandardOutput);
        Dispose(_stdio.StandardError);
        CloseHandle();
    }

    /// <summary>Asks the library to end the process.</summary>
    protected abstract Task TerminateAsync();

    /// <summary>Sends a ProcessModifyRequest.</summary>
    protected abstract Task ModifyAsync(string settings);

    /// <summary>Closes the native handles, callback first where the library asks for that.</summary>
    protected abstract void CloseHandle();

    private static void Dispose(Stream? stream)
    {
        try
        {
            stream?.Dispose();
        }
        catch (IOException)
        {
            // The last bytes found no reader; the pipe is closed all the same.
        }
    }

    private void ThrowIfClosed(string method)
    {
        if (Volatile.Read(ref _closed) != 0)
        {
            throw new HcsException(method, HResult.InvalidHandle, State.System.Id);
        }
    }
}
