using System;
using System.IO;
using System.IO.Pipes;
using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Embedded.Windows;

/// <summary>
/// Reads the output of a process. Reads are cancellable and end when the last writer has closed the pipe.
/// </summary>
/// <remarks>
/// A write of 0 bytes makes a read from a Windows pipe return 0 bytes; that is not the end of the stream.
/// </remarks>
internal sealed class PipeOutputStream(NamedPipeServerStream pipe) : Stream
{
    /// <inheritdoc/>
    public override bool CanRead => pipe.CanRead;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        int read;
        do
        {
            read = pipe.Read(buffer, offset, count);
        }
        while (read == 0 && count > 0 && pipe.IsConnected);
        return read;
    }

    /// <inheritdoc/>
    public override async Task<int> ReadAsync(
        byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        int read;
        do
        {
            read = await pipe.ReadAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false);
        }
        while (read == 0 && count > 0 && pipe.IsConnected);
        return read;
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            pipe.Dispose();
        }

        base.Dispose(disposing);
    }
}
