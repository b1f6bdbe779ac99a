using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Linux.Native;

namespace HcsPowerShell.Embedded.Linux.Processes;

/// <summary>The host side of a pipe to a process.</summary>
/// <remarks>
/// Disposing it fails pending transfers with ObjectDisposedException; the descriptor closes once no call uses it.
/// </remarks>
internal sealed class PipeStream : Stream
{
    private readonly FileDescriptor _descriptor;
    private readonly CancellationTokenSource _closed = new();

    /// <param name="descriptor">Non-blocking; owned by the stream.</param>
    /// <param name="access">Read or Write.</param>
    public PipeStream(FileDescriptor descriptor, FileAccess access)
    {
        _descriptor = descriptor;
        CanRead = access == FileAccess.Read;
        CanWrite = access == FileAccess.Write;
    }

    public override bool CanRead { get; }

    public override bool CanWrite { get; }

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Check(CanRead, buffer, offset, count);
        return RunAsync(new PipeRead(_descriptor, buffer, offset, count), count, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Check(CanWrite, buffer, offset, count);
        return RunAsync(new PipeWrite(_descriptor, buffer, offset, count), count, cancellationToken);
    }

    // Blocking calls go through the reactor too, so that Dispose can end them.
    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    public override void Write(byte[] buffer, int offset, int count) =>
        WriteAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // The source is not disposed: a transfer that is just starting must still find it cancelled.
            _closed.Cancel();
            _descriptor.Dispose();
        }

        base.Dispose(disposing);
    }

    private Task<int> RunAsync(PipeTransfer transfer, int count, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<int>(cancellationToken);
        }

        return count == 0 ? Task.FromResult(0) : transfer.RunAsync(cancellationToken, _closed.Token);
    }

    private void Check(bool allowed, byte[] buffer, int offset, int count)
    {
        if (buffer is null)
        {
            throw new ArgumentNullException(nameof(buffer));
        }

        if (offset < 0 || count < 0 || count > buffer.Length - offset)
        {
            throw new ArgumentOutOfRangeException(nameof(count));
        }

        if (!allowed)
        {
            throw new NotSupportedException();
        }

        if (_closed.IsCancellationRequested)
        {
            throw new ObjectDisposedException(nameof(PipeStream));
        }
    }
}
