using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Embedded.Linux.Processes;

/// <summary>The console of a process: its streams, its size, and the output no caller reads any more.</summary>
/// <remarks>
/// It stays open until the process has exited, even when its streams are closed before: closing it would hang up the
/// terminal, and kill a process that is only no longer watched. Output written meanwhile, and output of other processes
/// after the exit, is dropped.
/// </remarks>
internal sealed class ProcessConsole : IProcessConsole, IDisposable
{
    private const int BufferSize = 4096;

    private readonly object _gate = new();
    private readonly PseudoTerminal _terminal;
    private Task _dropping = Task.CompletedTask;
    private bool _hasExited;
    private int _inputEnded;

    /// <param name="terminal">Owned from now on.</param>
    /// <param name="exited">Completes with the exit of the process.</param>
    /// <param name="wantsOutput">True when the caller reads the output, and closes it; otherwise it is dropped.</param>
    /// <exception cref="HcsException">No descriptor is left.</exception>
    public ProcessConsole(PseudoTerminal terminal, Task exited, bool wantsOutput)
    {
        _terminal = terminal;
        Input = new PipeStream(terminal.Duplicate(), FileAccess.Write);
        if (wantsOutput)
        {
            Output = new PipeStream(terminal.Duplicate(), FileAccess.Read);
        }
        else
        {
            _dropping = DropOutputAsync();
        }

        _ = CloseAfterAsync(exited);
    }

    /// <summary>
    /// Stream to the console input. In line mode the terminal drops the part of a line beyond 4095 bytes.
    /// </summary>
    public Stream Input { get; }

    /// <summary>Stream of the console output, with both output streams; null when it is not requested.</summary>
    public Stream? Output { get; }

    /// <exception cref="HcsException">The process has exited.</exception>
    public void Resize(ushort width, ushort height)
    {
        try
        {
            _terminal.Resize(width, height);
        }
        catch (ObjectDisposedException)
        {
            throw new HcsException("HcsModifyProcess", HResult.ProcessAlreadyStopped);
        }
    }

    /// <summary>
    /// Closes the input, and tells a terminal in line mode. In raw mode input has no end: a reader waits for ever, as
    /// for a user who types nothing.
    /// </summary>
    public async Task EndInputAsync()
    {
        if (Interlocked.Exchange(ref _inputEnded, 1) != 0)
        {
            return;
        }

        Input.Dispose();
        try
        {
            if (_terminal.GetEndOfFile() is { } character)
            {
                // The first character only ends an unfinished line; the second gives a later reader an end of input
                // too.
                await new PipeWrite(_terminal.Master, [character, character], 0, 2)
                    .RunAsync(CancellationToken.None, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The terminal has closed meanwhile, and its input with it.
        }
    }

    public void Dispose()
    {
        Interlocked.Exchange(ref _inputEnded, 1);
        lock (_gate)
        {
            if (!_hasExited && Output is not null && _dropping.IsCompleted)
            {
                _dropping = DropOutputAsync();
            }
        }
    }

    private async Task CloseAfterAsync(Task exited)
    {
        await exited.ConfigureAwait(false);
        Interlocked.Exchange(ref _inputEnded, 1);
        Input.Dispose();
        Task dropping;
        lock (_gate)
        {
            _hasExited = true;
            dropping = _dropping;
        }

        await dropping.ConfigureAwait(false);
        _terminal.Dispose();
    }

    private async Task DropOutputAsync()
    {
        byte[] buffer = new byte[BufferSize];
        try
        {
            while (await new PipeRead(_terminal.Master, buffer, 0, buffer.Length)
                .RunAsync(CancellationToken.None, CancellationToken.None).ConfigureAwait(false) > 0)
            {
                // A process that writes without pause must not occupy a thread here.
                await Task.Yield();
            }
        }
        catch (IOException)
        {
            // The terminal has failed, and nothing more comes from it.
        }
    }
}
