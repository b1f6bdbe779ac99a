using System;
using System.Diagnostics;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Unix;

public sealed class StreamTests : UnixTest
{
    [Fact]
    public async Task Output_and_error_are_kept_apart()
    {
        using ISandboxProcess process = Sandbox.Start(
            Shell("echo out; echo err >&2") with { StandardOutput = true, StandardError = true });
        Assert.Null(process.StandardInput);
        Assert.Equal("out\n", await ReadToEnd(process.StandardOutput));
        Assert.Equal("err\n", await ReadToEnd(process.StandardError));
    }

    [Fact]
    public async Task Streams_not_asked_for_are_empty_or_discarded()
    {
        using ISandboxProcess process = Sandbox.Start(Shell("cat; echo lost >&2; readlink /proc/self/fd/0")
            with { StandardOutput = true });
        Assert.Equal("/dev/null\n", await ReadToEnd(process.StandardOutput));
        Assert.Equal(0u, await ExitOf(process));
    }

    [Fact]
    public async Task Closing_the_input_ends_what_reads_it()
    {
        using ISandboxProcess process = Sandbox.Start(Command("/bin/cat")
            with { StandardInput = true, StandardOutput = true });
        await process.StandardInput!.WriteAsync("fed"u8.ToArray(), Token);
        process.StandardInput.Dispose();
        Assert.Equal("fed", await ReadToEnd(process.StandardOutput));
        Assert.Equal(0u, await ExitOf(process));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Bytes_go_unharmed_both_ways(bool blocking)
    {
        byte[] sent = RandomNumberGenerator.GetBytes(8 * 1024 * 1024);
        using ISandboxProcess process = Sandbox.Start(Command("/bin/cat")
            with { StandardInput = true, StandardOutput = true });
        Task writing = Task.Run(
            async () =>
            {
                if (blocking)
                {
                    process.StandardInput!.Write(sent, 0, sent.Length);
                }
                else
                {
                    await process.StandardInput!.WriteAsync(sent, Token);
                }

                process.StandardInput.Dispose();
            },
            Token);
        using MemoryStream received = new();
        if (blocking)
        {
            process.StandardOutput!.CopyTo(received, 65536);
        }
        else
        {
            await process.StandardOutput!.CopyToAsync(received, 65536, Token);
        }

        await writing.Within();
        Assert.Equal(SHA256.HashData(sent), SHA256.HashData(received.ToArray()));
    }

    [Fact]
    public async Task Output_can_be_read_after_the_exit()
    {
        using ISandboxProcess process = Sandbox.Start(Shell("echo kept") with { StandardOutput = true });
        await ExitOf(process);
        Assert.Equal("kept\n", await ReadToEnd(process.StandardOutput));
    }

    [Fact]
    public async Task A_cancelled_read_ends_promptly_and_loses_nothing()
    {
        using ISandboxProcess process = Sandbox.Start(Command("/bin/cat")
            with { StandardInput = true, StandardOutput = true });
        byte[] buffer = new byte[100];
        StringBuilder received = new();
        for (int i = 0; i < 200; i++)
        {
            using CancellationTokenSource cancel = new();
            Task<int> read = process.StandardOutput!.ReadAsync(buffer, 0, buffer.Length, cancel.Token);
            Task write = process.StandardInput!.WriteAsync(Encoding.ASCII.GetBytes($"{i},"), Token).AsTask();
            if (i % 2 == 0)
            {
                await write.Within();
            }

            cancel.Cancel();
            try
            {
                received.Append(Encoding.ASCII.GetString(buffer, 0, await read.Within()));
            }
            catch (OperationCanceledException)
            {
                // Data that was written meanwhile must arrive later.
            }

            await write.Within();
        }

        process.StandardInput!.Dispose();
        received.Append(await ReadToEnd(process.StandardOutput));
        StringBuilder expected = new();
        for (int i = 0; i < 200; i++)
        {
            expected.Append(i).Append(',');
        }

        Assert.Equal(expected.ToString(), received.ToString());
    }

    [Fact]
    public async Task Cancelling_ends_a_read_at_once()
    {
        using ISandboxProcess process = Sandbox.Start(Shell("exec sleep 1000") with { StandardOutput = true });
        using CancellationTokenSource cancel = new();
        Task<int> read = process.StandardOutput!.ReadAsync(new byte[1], 0, 1, cancel.Token);
        Assert.False(read.IsCompleted);
        cancel.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read.Within(Waits.Prompt));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Disposing_ends_a_pending_read(bool blocking)
    {
        using ISandboxProcess process = Sandbox.Start(Shell("exec sleep 1000") with { StandardOutput = true });
        Stream output = process.StandardOutput!;
        Task<int> read = blocking
            ? Task.Run(() => output.Read(new byte[1], 0, 1), Token)
            : output.ReadAsync(new byte[1], 0, 1, Token);
        await Task.Delay(50, Token);
        output.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => read.Within());
        Assert.Throws<ObjectDisposedException>(() => output.Read(new byte[1], 0, 1));
    }

    [Fact]
    public async Task Writing_to_a_process_that_has_gone_is_an_IOException()
    {
        using ISandboxProcess process = Sandbox.Start(Shell("exit 0") with { StandardInput = true });
        await ExitOf(process);

        // A child that another thread starts meanwhile has a copy of the other end until it runs its own program.
        await Waits.Until(IsRefusedAsync, what: "the write is refused");

        async Task<bool> IsRefusedAsync()
        {
            try
            {
                await process.StandardInput!.WriteAsync(new byte[1], Token);
                return false;
            }
            catch (IOException)
            {
                return true;
            }
        }
    }

    [Fact]
    public async Task A_writer_that_waits_learns_that_the_reader_has_gone()
    {
        using ISandboxProcess process = Sandbox.Start(Shell("exec sleep 1000") with { StandardInput = true });
        Task write = process.StandardInput!.WriteAsync(new byte[1024 * 1024], Token).AsTask();
        Assert.False(write.IsCompleted);
        process.Kill();
        await Assert.ThrowsAsync<IOException>(() => write.Within());
    }

    [Fact]
    public async Task A_process_whose_output_nobody_reads_blocks()
    {
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using ISandboxProcess process = Sandbox.Start(
            Shell($"head -c 1000000 /dev/zero; echo done >{file}") with { StandardOutput = true });
        Task finished = await Task.WhenAny(process.Exited, Task.Delay(300, Token));
        Assert.NotSame(process.Exited, finished);
        Assert.False(File.Exists(file));

        Assert.Equal(1000000, (await ReadToEnd(process.StandardOutput)).Length);
        Assert.Equal(0u, await ExitOf(process));
        File.Delete(file);
    }
}
