using System;
using System.IO;
using System.Threading.Tasks;

namespace HcsPowerShell.Streams;

/// <summary>
/// An output stream that is read in pieces, by one command after another. A read is never cancelled, because some pipes
/// lose what a cancelled read has taken: it stays pending, and the next command finds its result.
/// </summary>
internal sealed class UnreadStream(Stream? stream)
{
    private const int BufferSize = 64 * 1024;

    private byte[]? _buffer;
    private Task<int>? _read;

    public UnreadBytes Unread { get; } = new();

    /// <summary>Bytes that have come so far.</summary>
    public long Received { get; private set; }

    /// <summary>Nothing more will come.</summary>
    public bool HasEnded { get; private set; } = stream is null;

    /// <summary>Completes when something has come, or the end.</summary>
    public Task Arrival => _read ??= stream!.ReadAsync(_buffer ??= new byte[BufferSize], 0, BufferSize);

    /// <summary>Takes in what has arrived; true when there was something, or the end.</summary>
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
            // The pipe has gone with its process, or was closed by another command.
        }

        _read = null;
        Unread.Add(_buffer!, count);
        Received += count;
        HasEnded = count == 0;
        _buffer = HasEnded ? null : _buffer;
        return true;
    }
}
