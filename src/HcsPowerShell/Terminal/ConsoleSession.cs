using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Hosts;
using HcsPowerShell.Processes;
using HcsPowerShell.Streams;

namespace HcsPowerShell.Terminal;

/// <summary>Connects a terminal to the console of a process until the process has exited.</summary>
internal sealed class ConsoleSession(TrackedProcess process, ITerminal terminal)
{
    private const int BufferSize = 4096;

    // Windows reports a new size only to the reader of the console, and Unix only by a signal that .NET Standard cannot
    // handle.
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs until the process has exited. When it is stopped before, it ends the process.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        TerminalSize? size = terminal.Size;
        terminal.MakeRaw();
        Task typing = Task.Factory.StartNew(
            () => Type(over.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Task sizing = FollowSizeAsync(size, over.Token);
        try
        {
            await OutputPump.RunAsync(process.Stdio.StandardOutput, process.Exited, terminal.Write, stop)
                .ConfigureAwait(false);
            await Task.WhenAny(process.Exited, Task.Delay(Timeout.Infinite, over.Token)).ConfigureAwait(false);
            stop.ThrowIfCancellationRequested();
            await process.Exited.ConfigureAwait(false);
        }
        finally
        {
            over.Cancel();
            terminal.EndReading();
            try
            {
                await Task.WhenAll(typing, sizing).ConfigureAwait(false);
            }
            finally
            {
                await AbandonedProcess.EndAsync(process).ConfigureAwait(false);
            }
        }
    }

    private void Type(CancellationToken over)
    {
        Stream input = process.Stdio.StandardInput!;
        byte[] buffer = new byte[BufferSize];
        try
        {
            for (int count; (count = terminal.Read(buffer)) > 0;)
            {
                input.WriteAsync(buffer, 0, count, over).GetAwaiter().GetResult();
            }

            if (!over.IsCancellationRequested)
            {
                process.Handle.CloseStdinAsync(over).GetAwaiter().GetResult();
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException or Interop.HcsException)
        {
            // The process no longer reads its input: it is about to exit, or it continues without input.
        }
    }

    private async Task FollowSizeAsync(TerminalSize? known, CancellationToken over)
    {
        try
        {
            while (true)
            {
                if (terminal.Size is { } size && size != known)
                {
                    await process.Handle.ResizeConsoleAsync(size.Width, size.Height, over).ConfigureAwait(false);
                    known = size;
                }

                await Task.Delay(s_look, over).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The session is over.
        }
        catch (Interop.HcsException)
        {
            // The process has exited meanwhile, or the service cannot change its size.
        }
    }
}
