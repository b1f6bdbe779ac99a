using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Execution;

/// <summary>
/// Reads one output stream of a process to its end. A pipe can outlive the process when one of its children holds it:
/// after the exit the pump goes on while data comes, and ends when none has come for a moment.
/// </summary>
internal static class OutputPump
{
    private const int BufferSize = 64 * 1024;

    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(1);

    /// <param name="stream">The stream, or null when there is none.</param>
    /// <param name="exited">Completes with the exit of the process.</param>
    /// <param name="received">Takes the bytes; the buffer is used again afterwards.</param>
    /// <param name="stop">Stops reading.</param>
    public static async Task RunAsync(
        Stream? stream, Task exited, Action<byte[], int> received, CancellationToken stop)
    {
        if (stream is null)
        {
            return;
        }

        using var idle = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task armed = ArmAsync(exited, idle);
        byte[] buffer = new byte[BufferSize];
        try
        {
            int count;
            while ((count = await stream.ReadAsync(buffer, 0, buffer.Length, idle.Token).ConfigureAwait(false)) > 0)
            {
                if (armed.IsCompleted)
                {
                    idle.CancelAfter(s_idle);
                }

                received(buffer, count);
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // Idle after the exit: whoever still holds the pipe is not the process that was asked for.
        }
    }

    private static async Task ArmAsync(Task exited, CancellationTokenSource idle)
    {
        await Task.WhenAny(exited).ConfigureAwait(false);
        try
        {
            idle.CancelAfter(s_idle);
        }
        catch (ObjectDisposedException)
        {
            // The stream had ended before the exit was seen.
        }
    }
}
