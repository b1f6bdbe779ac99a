using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Unix;

public sealed class ConsoleTests : UnixTest
{
    [Fact]
    public async Task All_three_streams_are_one_terminal_of_the_wanted_size_that_controls_the_session()
    {
        using ISandboxProcess process = Start(
            "test -t 0 && test -t 1 && test -t 2 && stty size && echo complaint >&2 && echo seen >/dev/tty");
        Assert.Null(process.StandardError);
        Assert.Equal("30 100\r\ncomplaint\r\nseen\r\n", await ReadToEnd(process.StandardOutput));
        Assert.Equal(0u, await ExitOf(process));
    }

    [Fact]
    public async Task A_resize_arrives_and_is_told_by_SIGWINCH()
    {
        using ISandboxProcess process = Start(
            "trap 'stty size; exit 5' WINCH; echo ready; while :; do sleep 0.02; done");
        using StreamReader output = new(process.StandardOutput!);
        Assert.Equal("ready", await Line(output));
        process.Console!.Resize(width: 132, height: 43);
        Assert.Equal("43 132", await Line(output));
        Assert.Equal(5u, await ExitOf(process));
    }

    [Fact]
    public async Task Bytes_go_unharmed_both_ways_in_raw_mode()
    {
        const int Count = 1024 * 1024;
        byte[] sent = RandomNumberGenerator.GetBytes(Count);
        using ISandboxProcess process = Start($"stty raw -echo; printf '!'; exec head -c {Count}");
        Assert.Equal((int)'!', process.StandardOutput!.ReadByte());
        Task writing = process.StandardInput!.WriteAsync(sent, Token).AsTask();
        using MemoryStream received = new();
        await process.StandardOutput.CopyToAsync(received, Token).Within();
        await writing.Within();
        Assert.Equal(SHA256.HashData(sent), SHA256.HashData(received.ToArray()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("whole\n")]
    [InlineData("whole\nbegun")]
    public async Task Closing_the_input_ends_what_reads_lines(string typed)
    {
        using ISandboxProcess process = Start("stty -echo; printf '!'; cat; echo over");
        Assert.Equal((int)'!', process.StandardOutput!.ReadByte());
        await process.StandardInput!.WriteAsync(Encoding.UTF8.GetBytes(typed), Token);
        await process.Console!.EndInputAsync();
        await process.Console!.EndInputAsync();
        Assert.Equal(typed.Replace("\n", "\r\n", StringComparison.Ordinal) + "over\r\n", await ReadToEnd(process.StandardOutput));
        await Assert.ThrowsAsync<ObjectDisposedException>(
            async () => await process.StandardInput.WriteAsync(new byte[1], Token));
    }

    [Fact]
    public async Task Ctrl_C_interrupts_what_runs_in_the_foreground()
    {
        using ISandboxProcess process = Start("trap 'exit 9' INT; echo ready; while :; do sleep 0.02; done");
        using StreamReader output = new(process.StandardOutput!);
        Assert.Equal("ready", await Line(output));
        await process.StandardInput!.WriteAsync("\x03"u8.ToArray(), Token);
        Assert.Equal(9u, await ExitOf(process));
    }

    [Fact]
    public async Task A_terminal_that_another_process_keeps_hangs_nobody()
    {
        using ISandboxProcess process = Start("trap '' HUP; sleep 1000 & echo $!; exit 3");
        Assert.Equal(3u, await ExitOf(process));
        using StreamReader output = new(process.StandardOutput!);
        int keeper = int.Parse((await Line(output))!, null);
        Task<int> more = process.StandardOutput!.ReadAsync(new byte[1], 0, 1, Token);
        Assert.True(IsAlive(keeper));
        Assert.False(more.IsCompleted);
        Sandbox.Kill();
        Assert.Equal(0, await more.Within());
    }

    [Fact]
    public async Task Output_can_be_read_after_the_exit()
    {
        using ISandboxProcess process = Start("echo kept");
        await ExitOf(process);
        Assert.Equal("kept\r\n", await ReadToEnd(process.StandardOutput));
    }

    [Fact]
    public async Task Closing_kills_nothing_and_what_is_written_then_is_dropped()
    {
        string done = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        ISandboxProcess process = Start($"head -c 300000 /dev/zero; echo done >{done}; exit 4");
        process.Dispose();
        Assert.Equal(4u, await ExitOf(process));
        Assert.Equal("done\n", await File.ReadAllTextAsync(done, Token));
        File.Delete(done);
    }

    [Fact]
    public async Task Output_that_is_not_wanted_is_dropped()
    {
        using ISandboxProcess process = Sandbox.Start(Shell("head -c 300000 /dev/zero; exit 6") with { Console = new ConsolePlan(80, 24) });
        Assert.Null(process.StandardOutput);
        Assert.Equal(6u, await ExitOf(process));
    }

    [Fact]
    public async Task A_killed_sandbox_ends_the_output()
    {
        using ISandboxProcess process = Start("echo ready; exec sleep 1000");
        using StreamReader output = new(process.StandardOutput!);
        Assert.Equal("ready", await Line(output));
        Task<string?> end = output.ReadLineAsync(Token).AsTask();
        Sandbox.Kill();
        Assert.Null(await end.Within());
    }

    private static Task<string?> Line(StreamReader reader) => reader.ReadLineAsync(Token).AsTask().Within();

    private ISandboxProcess Start(string script) => Sandbox.Start(Shell(script) with
        {
            Console = new ConsolePlan(Width: 100, Height: 30),
            StandardInput = true,
            StandardOutput = true,
        });
}
