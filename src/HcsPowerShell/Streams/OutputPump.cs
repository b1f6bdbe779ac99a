using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Streams;

/// <summary>
/// Reads one output stream of a process to its end. A pipe can outlive the process when a child process holds it. After
/// the exit, the pump continues while data comes, and ends when no data has come for a moment.
/// </summary>
internal static class OutputPump
{
    // A process that writes much gets the large buffer.
    private const int FirstBufferSize = 4 * 1024;
    private const int BufferSize = 64 * 1024;

    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(1);

    /// <param name="stream">The stream, or null when there is none.</param>
    /// <param name="exited">Completes when the process exits.</param>
    /// <param name="received">Takes the bytes; the buffer is reused afterwards.</param>
    /// <param name="stop">Stops reading.</param>
    /// <returns>True at the end of the stream; false when another process still holds it and writes nothing.</returns>
    public static async Task<bool> RunAsync(
        Stream? stream, Task exited, Action<byte[], int> received, CancellationToken stop)
    {
        if (stream is null)
        {
            return true;
        }

        byte[] buffer = new byte[FirstBufferSize];
        while (true)
        {
            // The idle time runs only while a read is pending. The time that the receiver takes does not count.
            using var idle = CancellationTokenSource.CreateLinkedTokenSource(stop);
            Task<int> read = stream.ReadAsync(buffer, 0, buffer.Length, idle.Token);
            if (!read.IsCompleted)
            {
                await Task.WhenAny(read, exited).ConfigureAwait(false);
                idle.CancelAfter(s_idle);
            }

            try
            {
                int count = await read.ConfigureAwait(false);
                if (count == 0)
                {
                    return true;
                }

                received(buffer, count);
                buffer = count < buffer.Length || count == BufferSize ? buffer : new byte[BufferSize];
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                return false;
            }
        }
    }
}
