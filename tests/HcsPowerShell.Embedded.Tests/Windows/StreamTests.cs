using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Windows;

public sealed class StreamTests : SandboxTest
{
    [WindowsFact]
    public async Task Bytes_go_through_unharmed_and_closing_the_input_ends_the_program()
    {
        byte[] sent = new byte[3_000_001];
        new Random(1).NextBytes(sent);
        using ISandboxProcess process = Sandbox.Start(
            Child.Of("cat") with { StandardInput = true, StandardOutput = true });
        Task<byte[]> received = ReadToEnd(process.StandardOutput!);
        await process.StandardInput!.WriteAsync(sent, Token);
        process.StandardInput!.Dispose();
        Assert.Equal(sent, await received);
        Assert.Equal(0u, await ExitOf(process));
    }

    [WindowsFact]
    public async Task Input_written_and_closed_before_the_program_reads_is_not_lost()
    {
        using ISandboxProcess process = Sandbox.Start(
            Child.Of("cat") with { StandardInput = true, StandardOutput = true });
        process.StandardInput!.Write("early"u8);
        process.StandardInput!.Dispose();
        Assert.Equal("early", await ReadTextToEnd(process.StandardOutput!));
    }

    [WindowsFact]
    public async Task Output_and_error_stay_apart()
    {
        using ISandboxProcess process = Sandbox.Start(
            Child.Of("both") with { StandardOutput = true, StandardError = true });
        Task<string> error = ReadTextToEnd(process.StandardError!);
        Assert.Equal("to output", await ReadTextToEnd(process.StandardOutput!));
        Assert.Equal("to error", await error);
    }

    [WindowsFact]
    public async Task Streams_that_were_not_asked_for_are_empty_and_discarded()
    {
        using ISandboxProcess process = Sandbox.Start(Child.Of("cat"));
        Assert.Null(process.StandardInput);
        Assert.Null(process.StandardOutput);
        Assert.Null(process.StandardError);
        Assert.Equal(0u, await ExitOf(process));

        using ISandboxProcess writer = Sandbox.Start(Child.Of("both"));
        Assert.Equal(0u, await ExitOf(writer));
    }

    [WindowsFact]
    public async Task Output_is_still_there_after_the_exit()
    {
        using ISandboxProcess process = Sandbox.Start(Child.Of("both") with { StandardOutput = true });
        await ExitOf(process);
        Assert.Equal("to output", await ReadTextToEnd(process.StandardOutput!));
        Assert.Equal(0, await process.StandardOutput!.ReadAsync(new byte[1], Token));
    }

    [WindowsFact(NotUnderWine = "Under Wine a write of nothing never reaches the reader.")]
    public async Task A_write_of_nothing_is_not_the_end_of_the_output()
    {
        using ISandboxProcess process = Sandbox.Start(Child.Of("empty") with { StandardOutput = true });
        Assert.Equal("beforeafter", await ReadTextToEnd(process.StandardOutput!));
        Assert.Equal(0u, await ExitOf(process));
    }

    [WindowsFact]
    public async Task A_pending_read_can_be_cancelled_and_the_stream_used_again()
    {
        using ISandboxProcess process = Sandbox.Start(
            Child.Of("cat") with { StandardInput = true, StandardOutput = true });
        using CancellationTokenSource soon = new(TimeSpan.FromMilliseconds(200));
        Task<int> read = process.StandardOutput!.ReadAsync(new byte[16], 0, 16, soon.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read.Within());

        process.StandardInput!.Write("later\n"u8);
        Assert.Equal("later", await ReadLine(process.StandardOutput!));
    }

    [WindowsFact]
    public async Task Writing_after_the_reader_has_gone_throws()
    {
        using ISandboxProcess process = Sandbox.Start(Child.Of("exit", "0") with { StandardInput = true });
        await ExitOf(process);

        // Wine reports the exit a moment before it closes the pipe. The test writes far fewer bytes than the pipe can
        // hold.
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            for (int i = 0; i < 100; i++)
            {
                await process.StandardInput!.WriteAsync(new byte[1], Token).AsTask().Within();
                await Task.Delay(20, Token);
            }
        });
    }

    [WindowsFact]
    public async Task Closing_the_streams_does_not_end_the_program()
    {
        ISandboxProcess process = await StartReady(Sandbox, Child.Of("sleep"));
        process.Dispose();
        await Task.Delay(200, Token);
        Assert.False(process.Exited.IsCompleted);
        process.Kill();
        Assert.Equal(137u, await ExitOf(process));
    }
}
