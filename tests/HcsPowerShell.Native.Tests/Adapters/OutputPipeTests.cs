using System;
using System.IO;
using System.IO.Pipes;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Lifecycle;
using Xunit;

namespace HcsPowerShell.Native.Tests.Adapters;

/// <summary>
/// Tests of a pipe from a process before, at and after the exit, for any reader and any holder of the other end.
/// </summary>
public sealed class OutputPipeTests : IDisposable
{
    private const string NotOnWindows = "The anonymous pipes of Windows hold less than is written here before it is read.";

    private readonly AnonymousPipeServerStream _writer = new(PipeDirection.Out);
    private readonly TaskCompletionSource<bool> _exited = new();
    private readonly OutputPipe _pipe;

    public OutputPipeTests()
    {
        _pipe = OutputPipe.Of(
            new AnonymousPipeClientStream(PipeDirection.In, _writer.ClientSafePipeHandle), _exited.Task)!;
    }

    public static bool IsWindows => OperatingSystem.IsWindows();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _pipe.Dispose();
        _writer.Dispose();
    }

    [Fact(Skip = NotOnWindows, SkipWhen = nameof(IsWindows))]
    public async Task With_the_exit_the_pipe_closes_and_what_is_left_is_read_later()
    {
        Write(Numbers(0, 10_000));
        _writer.Dispose();
        await Task.Delay(100, Token);
        Assert.False(_writer.ClientSafePipeHandle.IsClosed);
        _exited.SetResult(true);
        await Waits.Until(() => _writer.ClientSafePipeHandle.IsClosed);
        Assert.False(_pipe.Over.IsCompleted);
        Assert.Equal(Numbers(0, 10_000), await ReadToEndAsync());
        await _pipe.Over.Within();
        Assert.False(_pipe.IsCut);
    }

    [Fact(Skip = NotOnWindows, SkipWhen = nameof(IsWindows))]
    public async Task A_read_that_waits_at_the_exit_gets_what_comes_first()
    {
        byte[] buffer = new byte[3];
        Task<int> read = _pipe.ReadAsync(buffer, 0, 3, Token);
        _exited.SetResult(true);
        await Task.Delay(100, Token);
        Assert.False(read.IsCompleted);
        Write(Numbers(0, 10));
        Assert.Equal(3, await read.Within());
        _writer.Dispose();
        Assert.Equal(Numbers(0, 10), buffer.Concat(await ReadToEndAsync()));
    }

    [Theory(Skip = NotOnWindows, SkipWhen = nameof(IsWindows))]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whenever_the_exit_comes_and_reads_are_cancelled_every_byte_comes_once_and_in_order(int seed)
    {
        const int Count = 3 * OutputPipe.Room;
        var random = new Random(seed);
        Task writing = Task.Run(
            () =>
            {
                for (int at = 0; at < Count;)
                {
                    int next = Math.Min(Count, at + 1 + (at % 9973));
                    Write(Numbers(at, next));
                    at = next;
                }

                _writer.Dispose();
            },
            Token);
        int exit = random.Next(Count);
        using var received = new MemoryStream();
        byte[] buffer = new byte[8192];
        while (true)
        {
            using var cancel = new CancellationTokenSource();
            Task<int> read = _pipe.ReadAsync(buffer, 0, 1 + random.Next(buffer.Length), cancel.Token);
            if (received.Length >= exit)
            {
                _exited.TrySetResult(true);
            }

            if (random.Next(10) == 0)
            {
                cancel.Cancel();
            }

            try
            {
                if (await read.Within() is not (> 0 and var count))
                {
                    break;
                }

                received.Write(buffer, 0, count);
            }
            catch (OperationCanceledException)
            {
                // The next read returns the data that arrived meanwhile.
            }
        }

        await writing.Within();
        Assert.Equal(Count, received.Length);
        Assert.True(Numbers(0, Count).AsSpan().SequenceEqual(received.GetBuffer().AsSpan(0, Count)));
    }

    [Fact(Skip = NotOnWindows, SkipWhen = nameof(IsWindows))]
    public async Task A_read_after_the_exit_can_be_cancelled()
    {
        _exited.SetResult(true);
        await Task.Delay(50, Token);
        using var cancel = new CancellationTokenSource();
        Task<int> read = _pipe.ReadAsync(new byte[1], 0, 1, cancel.Token);
        cancel.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read.Within());
        Write([7]);
        byte[] buffer = new byte[2];
        Assert.Equal(1, await _pipe.ReadAsync(buffer, 0, 2, Token).Within());
        Assert.Equal(7, buffer[0]);
    }

    [Fact(Skip = NotOnWindows, SkipWhen = nameof(IsWindows))]
    public async Task Before_the_exit_nothing_is_taken_that_nobody_reads()
    {
        Task writing = Task.Run(() => Write(new byte[OutputPipe.Room]), Token);
        await Task.Delay(1500, Token);
        Assert.False(writing.IsCompleted);
        _exited.SetResult(true);
        await writing.Within();
    }

    [Fact(Skip = NotOnWindows, SkipWhen = nameof(IsWindows))]
    public async Task Who_holds_it_after_the_exit_is_never_held_up_and_what_nobody_reads_is_dropped()
    {
        _exited.SetResult(true);
        await Task.Run(() => Write(Numbers(0, 3 * OutputPipe.Room)), Token).Within(TimeSpan.FromSeconds(20));
        Assert.True(_pipe.IsCut);
        Assert.False(_writer.ClientSafePipeHandle.IsClosed);
        byte[] kept = await ReadToEndAsync();
        Assert.InRange(kept.Length, OutputPipe.Room / 2, OutputPipe.Room);
        Assert.True(Numbers(0, kept.Length).AsSpan().SequenceEqual(kept));
        _writer.Dispose();
        await Waits.Until(() => _writer.ClientSafePipeHandle.IsClosed);
        await _pipe.Over.Within();
    }

    [Fact(Skip = NotOnWindows, SkipWhen = nameof(IsWindows))]
    public async Task A_slow_reader_loses_nothing()
    {
        _exited.SetResult(true);
        Task writing = Task.Run(
            () =>
            {
                Write(Numbers(0, 2 * OutputPipe.Room));
                _writer.Dispose();
            },
            Token);
        byte[] first = new byte[1];
        Assert.Equal(1, await _pipe.ReadAsync(first, 0, 1, Token).Within());
        await Task.Delay(2500, Token);
        Assert.False(writing.IsCompleted);
        Assert.Equal((2 * OutputPipe.Room) - 1, (await ReadToEndAsync()).Length);
        await writing.Within();
    }

    [Fact(Skip = NotOnWindows, SkipWhen = nameof(IsWindows))]
    public async Task Closed_after_the_exit_it_lets_its_holder_write_and_closes_with_it()
    {
        Task<int> pending = _pipe.ReadAsync(new byte[1], 0, 1, Token);
        _exited.SetResult(true);
        _pipe.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => pending.Within());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _pipe.ReadAsync(new byte[1], 0, 1, Token));
        await Task.Run(() => Write(new byte[3 * OutputPipe.Room]), Token).Within(TimeSpan.FromSeconds(20));
        Assert.False(_writer.ClientSafePipeHandle.IsClosed);
        Assert.False(_pipe.IsCut);
        _writer.Dispose();
        await Waits.Until(() => _writer.ClientSafePipeHandle.IsClosed);
    }

    [Fact(Skip = NotOnWindows, SkipWhen = nameof(IsWindows))]
    public async Task Closed_before_the_exit_it_closes_at_once()
    {
        _pipe.Dispose();
        Assert.True(_writer.ClientSafePipeHandle.IsClosed);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _pipe.ReadAsync(new byte[1], 0, 1, Token));
        _exited.SetResult(true);
        Assert.Throws<IOException>(() => Write([1]));
    }

    [Fact(Skip = NotOnWindows, SkipWhen = nameof(IsWindows))]
    public async Task Read_to_its_end_it_still_ends_once_it_is_closed()
    {
        _writer.Dispose();
        _exited.SetResult(true);
        await _pipe.Over.Within();
        _pipe.Dispose();
        Assert.Empty(await ReadToEndAsync());
    }

    private static byte[] Numbers(int from, int to) => [.. Enumerable.Range(from, to - from).Select(i => (byte)(i % 251))];

    private void Write(byte[] bytes) => _writer.Write(bytes, 0, bytes.Length);

    private async Task<byte[]> ReadToEndAsync()
    {
        using var copy = new MemoryStream();
        await _pipe.CopyToAsync(copy, Token).Within();
        return copy.ToArray();
    }
}
