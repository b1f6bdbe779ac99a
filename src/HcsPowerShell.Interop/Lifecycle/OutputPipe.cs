using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Interop.Lifecycle;

/// <summary>
/// A pipe from a process. While the process runs, reads go directly to the pipe. At the exit the data left in the pipe
/// is taken into memory, so that the pipe closes at its end, with or without a reader.
/// </summary>
/// <remarks>
/// A child of the process may hold the other end and keep writing. That data is taken too, as long as there is room.
/// Data that does not fit while there is no reader, or that comes after this end was closed, is read and dropped: its
/// writer neither waits nor fails. A pipe that is closed before the exit closes at once.
/// </remarks>
internal sealed class OutputPipe : Stream, IOutputPipe
{
    /// <summary>
    /// The most bytes that are kept: the size of the largest pipe of Linux, and more than that of any pipe of Windows.
    /// </summary>
    internal const int Room = 1024 * 1024;

    private const int PieceSize = 4096;

    // A caller that has never read may never do so; one that has read may only be slow.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_patienceWithReader = TimeSpan.FromMinutes(1);

    private readonly object _gate = new();
    private readonly Stream _pipe;
    private readonly Task _exited;
    private readonly CancellationTokenSource _closed = new();
    private readonly TaskCompletionSource<bool> _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<bool>? _change;
    private byte[] _kept = [];
    private int _start;
    private int _count;
    private int _reads;
    private bool _wasRead;
    private bool _isTaken;
    private bool _isClosed;
    private bool _isCut;
    private bool _hasEnded;

    /// <param name="pipe">The pipe; this object owns it from now on.</param>
    /// <param name="exited">Completes with the exit of the process.</param>
    private OutputPipe(Stream pipe, Task exited)
    {
        _pipe = pipe;
        _exited = exited;
        exited.ContinueWith(
            static (_, self) => ((OutputPipe)self!).TakeOver(),
            this,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnRanToCompletion,
            TaskScheduler.Default);
    }

    public Task Over => _over.Task;

    public bool IsCut
    {
        get
        {
            lock (_gate)
            {
                return _isCut;
            }
        }
    }

    public override bool CanRead => true;

    public override bool CanWrite => false;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Wraps a pipe; null for none.</summary>
    public static OutputPipe? Of(Stream? pipe, Task exited) => pipe is null ? null : new OutputPipe(pipe, exited);

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (true)
        {
            Task? change = null;
            lock (_gate)
            {
                if (_isClosed)
                {
                    throw new ObjectDisposedException(nameof(OutputPipe));
                }

                _wasRead = true;
                if (_count > 0 || _hasEnded || _isCut)
                {
                    return TakeLocked(buffer, offset, count);
                }

                if (_isTaken)
                {
                    change = ChangeLocked();
                }
                else
                {
                    _reads++;
                }
            }

            if (change is not null)
            {
                await WaitAsync(change, Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
            }
            else if (await ReadPipeAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false) is { } read)
            {
                return read;
            }
        }
    }

    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            if (CloseBeforeExit())
            {
                _pipe.Dispose();
            }

            // Not disposed: a read that is just starting must still find it cancelled.
            _closed.Cancel();
        }

        base.Dispose(disposing);
    }

    private static async Task<bool> WaitAsync(Task change, TimeSpan patience, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny(change, Task.Delay(patience, over.Token)).ConfigureAwait(false);
        over.Cancel();
        return change.IsCompleted;
    }

    /// <summary>Closes this end. False after the exit, when the pipe itself closes at the end of its data.</summary>
    private bool CloseBeforeExit()
    {
        lock (_gate)
        {
            if (_over.Task.IsCompleted)
            {
                // A caller that has read all the data can still read the end of the stream.
                return false;
            }

            bool isBefore = !_isClosed && _exited.Status != TaskStatus.RanToCompletion;
            _isClosed = true;
            _hasEnded |= isBefore;
            (_kept, _start, _count) = ([], 0, 0);
            TellLocked();
            return isBefore;
        }
    }

    /// <summary>Reads the pipe directly; null when this end was closed meanwhile.</summary>
    private async Task<int?> ReadPipeAsync(byte[] buffer, int offset, int count, CancellationToken stop)
    {
        try
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(stop, _closed.Token);
            return await _pipe.ReadAsync(buffer, offset, count, over.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            bool isLast;
            lock (_gate)
            {
                isLast = --_reads == 0 && _isTaken;
            }

            if (isLast)
            {
                TakeAsync().Forget();
            }
        }
    }

    /// <summary>
    /// Called at the exit of the process. A pending read still gets the data it waits for; later data comes from
    /// memory.
    /// </summary>
    private void TakeOver()
    {
        bool isFree;
        lock (_gate)
        {
            if (_hasEnded)
            {
                return;
            }

            _isTaken = true;
            isFree = _reads == 0;
        }

        if (isFree)
        {
            TakeAsync().Forget();
        }
    }

    /// <summary>Reads the pipe into memory, to its end.</summary>
    private async Task TakeAsync()
    {
        byte[] piece = new byte[PieceSize];
        try
        {
            for (int count; (count = await _pipe.ReadAsync(piece, 0, piece.Length).ConfigureAwait(false)) > 0;)
            {
                if (!await TryKeepAsync(piece, count).ConfigureAwait(false))
                {
                    // A process that writes without pause must not keep a thread here.
                    await Task.Yield();
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The pipe ended together with the process that held it.
        }
        finally
        {
            _pipe.Dispose();
            lock (_gate)
            {
                _hasEnded = true;
                TellLocked();
            }
        }
    }

    /// <summary>Keeps the data in memory; false when it is dropped.</summary>
    private async Task<bool> TryKeepAsync(byte[] piece, int count)
    {
        while (true)
        {
            Task change;
            TimeSpan patience;
            lock (_gate)
            {
                if (_isClosed || _isCut)
                {
                    return false;
                }

                if (_count + count <= Room)
                {
                    KeepLocked(piece, count);
                    return true;
                }

                change = ChangeLocked();
                patience = _wasRead ? s_patienceWithReader : s_patience;
            }

            if (!await WaitAsync(change, patience, CancellationToken.None).ConfigureAwait(false))
            {
                Cut(count);
            }
        }
    }

    private void Cut(int count)
    {
        lock (_gate)
        {
            _isCut = !_isClosed && _count + count > Room;
            TellLocked();
        }
    }

    private void KeepLocked(byte[] piece, int count)
    {
        if (_start + _count + count > _kept.Length)
        {
            byte[] target = _count + count <= _kept.Length
                ? _kept
                : new byte[Math.Min(Room, Math.Max(_count + count, 2 * _kept.Length))];
            Buffer.BlockCopy(_kept, _start, target, 0, _count);
            (_kept, _start) = (target, 0);
        }

        Buffer.BlockCopy(piece, 0, _kept, _start + _count, count);
        _count += count;
        TellLocked();
    }

    private int TakeLocked(byte[] buffer, int offset, int count)
    {
        int taken = Math.Min(count, _count);
        Buffer.BlockCopy(_kept, _start, buffer, offset, taken);
        (_start, _count) = (_start + taken, _count - taken);
        if (_count == 0)
        {
            (_kept, _start) = ([], 0);
        }

        TellLocked();
        return taken;
    }

    private Task ChangeLocked() =>
        (_change ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    private void TellLocked()
    {
        _change?.TrySetResult(true);
        _change = null;
        if (_hasEnded && _count == 0)
        {
            _over.TrySetResult(true);
        }
    }
}
