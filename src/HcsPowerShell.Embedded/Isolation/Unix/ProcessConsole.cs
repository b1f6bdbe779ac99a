using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Native.Unix;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Embedded.Isolation.Unix;

/// <summary>The console of a process: its streams, its size, and what is left of it when nobody looks any more.</summary>
/// <remarks>
/// It stays until the process has exited, also when its streams are closed before: closing it would hang up, and kill
/// what is only no longer watched. What the process writes meanwhile is dropped.
/// </remarks>
internal sealed class ProcessConsole : IProcessConsole, IDisposable
{
    private const int BufferSize = 4096;

    private readonly PseudoTerminal _terminal;
    private readonly Task _exited;
    private int _inputEnded;
    private int _disposed;

    /// <param name="terminal">Owned from now on.</param>
    /// <param name="exited">Completes with the exit of the process.</param>
    /// <param name="wantsOutput">Somebody reads the output; otherwise it is dropped.</param>
    /// <exception cref="HcsException">No descriptor is left.</exception>
    public ProcessConsole(PseudoTerminal terminal, Task exited, bool wantsOutput)
    {
        _terminal = terminal;
        _exited = exited;
        Input = new PipeStream(terminal.Duplicate(), FileAccess.Write);
        if (wantsOutput)
        {
            Output = new PipeStream(terminal.Duplicate(), FileAccess.Read);
        }
        else
        {
            _ = DropOutputAsync();
        }
    }

    /// <summary>What is typed. In line mode the terminal drops what exceeds 4095 bytes of one line.</summary>
    public Stream Input { get; }

    /// <summary>What is shown: both output streams; null when it is not wanted.</summary>
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
    /// Closes the input, and tells a terminal in line mode. In raw mode input has no end: a reader waits for ever, as it
    /// would for somebody who types nothing.
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
                // A line that was begun takes the first, and whoever reads after an end is to find one too.
                await new PipeWrite(_terminal.Master, [character, character], 0, 2)
                    .RunAsync(CancellationToken.None, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // It has gone meanwhile, and its input with it.
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        Interlocked.Exchange(ref _inputEnded, 1);
        Input.Dispose();
        Output?.Dispose();
        if (Output is not null)
        {
            _ = DropOutputAsync();
        }
    }

    private async Task DropOutputAsync()
    {
        using CancellationTokenSource over = new();
        Task dropping = DropAsync(over.Token);
        await _exited.ConfigureAwait(false);
        over.Cancel();
        await dropping.ConfigureAwait(false);
        _terminal.Dispose();
    }

    private async Task DropAsync(CancellationToken stop)
    {
        byte[] buffer = new byte[BufferSize];
        try
        {
            while (await new PipeRead(_terminal.Master, buffer, 0, buffer.Length)
                .RunAsync(stop, CancellationToken.None).ConfigureAwait(false) > 0)
            {
            }
        }
        catch (OperationCanceledException)
        {
            // The process has exited; what another still writes is nobody's.
        }
    }
}
