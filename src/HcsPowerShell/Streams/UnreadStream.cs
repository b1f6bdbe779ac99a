using System;
using System.IO;
using System.Threading.Tasks;

namespace HcsPowerShell.Streams;

/// <summary>
/// An output stream that is read in pieces, by one command after another. A read is never cancelled, because some pipes
/// lose the data of a cancelled read. It stays pending, and the next command gets its result.
/// </summary>
internal sealed class UnreadStream(Stream? stream)
{
    private const int BufferSize = 64 * 1024;

    private byte[]? _buffer;
    private Task<int>? _read;

    public UnreadBytes Unread { get; } = new();

    /// <summary>The number of bytes that have come so far.</summary>
    public long Received { get; private set; }

    /// <summary>True when the stream has ended.</summary>
    public bool HasEnded { get; private set; } = stream is null;

    /// <summary>Completes when data or the end has come.</summary>
    public Task Arrival => _read ??= stream!.ReadAsync(_buffer ??= new byte[BufferSize], 0, BufferSize);

    /// <summary>Takes in the data that has arrived; true when there was any data or the end.</summary>
    public bool Receive()
    {
        if (HasEnded || !Arrival.IsCompleted)
        {
            return false;
        }

        int count = 0;
        try
        {
            count = _read!.GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The pipe is gone with its process, or another command has closed it.
        }

        _read = null;
        Unread.Add(_buffer!, count);
        Received += count;
        HasEnded = count == 0;
        _buffer = HasEnded ? null : _buffer;
        return true;
    }
}
