using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Contract;

public abstract partial class ComputeServiceContract
{
    [Theory]
    [InlineData(0u)]
    [InlineData(3u)]
    public async Task A_process_has_its_exit_code(uint code)
    {
        IContainer container = await CreateStartedAsync();
        IProcess process = await container.CreateProcessAsync(Exit(code), Limit);
        ProcessStatus exit = await process.Exited.Within();
        Assert.True(exit.Exited);
        Assert.Equal(code, exit.ExitCode);
        Assert.Equal(0, exit.LastWaitResult);
        Assert.Equal(process.ProcessId, exit.ProcessId);
        Assert.Same(exit, await process.Exited);
        process.Close();
    }

    [Fact]
    public async Task No_process_starts_unless_the_container_runs()
    {
        IContainer container = await CreateAsync();
        await RefusedAsync(HResult.InvalidState, () => container.CreateProcessAsync(Exit(0), Limit));
        await container.StartAsync(Limit);
        await container.PauseAsync(Limit);
        await RefusedAsync(HResult.InvalidState, () => container.CreateProcessAsync(Exit(0), Limit));
        await container.ResumeAsync(Limit);
    }

    [Fact]
    public async Task A_missing_program_is_told_by_its_own_code()
    {
        IContainer container = await CreateStartedAsync();
        await RefusedAsync(HResult.FileNotFound, () => container.CreateProcessAsync(Missing(), Limit));
    }

    [Fact]
    public async Task Standard_output_and_error_are_read_to_their_ends()
    {
        IContainer container = await CreateStartedAsync();
        IProcess echo = await container.CreateProcessAsync(Echo("grüße 容器"), Limit);
        Assert.Equal("grüße 容器", await ReadAsync((await echo.GetStdioAsync(Limit)).StandardOutput));
        IProcess complaint = await container.CreateProcessAsync(Complain("oh"), Limit);
        Assert.Equal("oh", await ReadAsync((await complaint.GetStdioAsync(Limit)).StandardError));
        echo.Close();
        complaint.Close();
    }

    [Fact]
    public async Task Output_stays_readable_after_the_exit()
    {
        IContainer container = await CreateStartedAsync();
        IProcess process = await container.CreateProcessAsync(Echo("late"), Limit);
        await process.Exited.Within();
        Assert.Equal("late", await ReadAsync((await process.GetStdioAsync(Limit)).StandardOutput));
        process.Close();
    }

    [Fact]
    public async Task With_the_exit_its_pipes_close_and_what_is_left_in_them_stays_readable()
    {
        const int Bytes = 60_000;
        IContainer container = await CreateStartedAsync();
        Stream closed = await CloseUnreadAsync(container);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => ReadAsync(closed));
        string[] before = [.. PipesLeft()];
        IProcess process = await container.CreateProcessAsync(Spew(Bytes), Limit);
        ProcessStdio stdio = await process.GetStdioAsync(Limit);
        await process.Exited.Within();
        await Waits.Until(() => !PipesLeft().Except(before).Any());
        if (stdio.StandardInput is { } input)
        {
            // The reader has gone, and then this end of the pipe closes too.
            Exception refusal = await Assert.ThrowsAnyAsync<Exception>(async () => await input.WriteAsync(new byte[1], Limit));
            Assert.True(refusal is ObjectDisposedException or IOException, refusal.ToString());
        }

        using var copy = new MemoryStream();
        await stdio.StandardOutput!.CopyToAsync(copy, Limit);
        Assert.Equal(Bytes, copy.Length);
        Assert.Equal(string.Empty, await ReadAsync(stdio.StandardError));
        process.Close();
    }

    [Fact]
    public async Task What_an_orphan_writes_after_the_exit_is_read_too()
    {
        IContainer container = await CreateStartedAsync();
        IProcess process = await container.CreateProcessAsync(Orphan(5000), Limit);
        ProcessStdio stdio = await process.GetStdioAsync(Limit);
        Task<string> pending = ReadAsync(stdio.StandardOutput);
        Assert.Equal(0u, (await process.Exited.Within()).ExitCode);
        Assert.Equal("written", await ReadAsync(stdio.StandardError).Within());
        string output = await pending.Within();
        Assert.StartsWith("first", output, StringComparison.Ordinal);
        Assert.Equal(5000, output["first".Length..].TrimStart('\r', '\n').Length);
        process.Close();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_orphan_whose_output_nobody_reads_goes_on(bool closes)
    {
        IContainer container = await CreateStartedAsync();
        IProcess process = await container.CreateProcessAsync(Orphan(3 * 1024 * 1024), Limit);
        ProcessStdio stdio = await process.GetStdioAsync(Limit);
        await process.Exited.Within();
        if (closes)
        {
            await stdio.StandardOutput!.DisposeAsync();
        }

        Assert.Equal("written", await ReadAsync(stdio.StandardError).Within());
        process.Close();
    }

    [Fact]
    public async Task A_process_whose_output_nobody_reads_waits_and_loses_nothing()
    {
        const int Bytes = 1_000_000;
        IContainer container = await CreateStartedAsync();
        IProcess process = await container.CreateProcessAsync(Spew(Bytes), Limit);
        Stream output = (await process.GetStdioAsync(Limit)).StandardOutput!;
        await Task.Delay(100, Limit);
        Assert.False(process.Exited.IsCompleted);
        using var copy = new MemoryStream();
        await output.CopyToAsync(copy, Limit);
        Assert.Equal(Bytes, copy.Length);
        process.Close();
    }

    [Fact]
    public async Task Standard_input_reaches_the_process_and_its_end_too()
    {
        IContainer container = await CreateStartedAsync();
        IProcess process = await container.CreateProcessAsync(Cat(), Limit);
        ProcessStdio stdio = await process.GetStdioAsync(Limit);
        await stdio.StandardInput!.WriteAsync(Encoding.UTF8.GetBytes("in and out"), Limit);
        await stdio.StandardInput.FlushAsync(Limit);
        await process.CloseStdinAsync(Limit);
        await process.CloseStdinAsync(Limit);
        Assert.Equal("in and out", await ReadAsync(stdio.StandardOutput));
        Assert.Equal(0u, (await process.Exited.Within()).ExitCode);
        process.Close();
    }

    [Fact]
    public async Task Closing_the_input_of_an_ended_process_succeeds()
    {
        IContainer container = await CreateStartedAsync();
        IProcess process = await container.CreateProcessAsync(Exit(0), Limit);
        await process.Exited.Within();
        await process.CloseStdinAsync(Limit);
        process.Close();
    }

    [Fact]
    public async Task There_is_no_pipe_unless_asked_for_and_the_streams_are_given_once()
    {
        IContainer container = await CreateStartedAsync();
        ProcessConfig config = Sleep();
        config.CreateStdInPipe = config.CreateStdErrPipe = false;
        config.CreateStdOutPipe = true;
        IProcess process = await container.CreateProcessAsync(config, Limit);
        ProcessStdio stdio = await process.GetStdioAsync(Limit);
        Assert.Null(stdio.StandardInput);
        Assert.NotNull(stdio.StandardOutput);
        Assert.Null(stdio.StandardError);
        Assert.Same(stdio.StandardOutput, (await process.GetStdioAsync(Limit)).StandardOutput);
        process.Close();
    }

    [Fact]
    public async Task Reading_can_be_cancelled()
    {
        IContainer container = await CreateStartedAsync();
        IProcess process = await container.CreateProcessAsync(Cat(), Limit);
        Stream output = (await process.GetStdioAsync(Limit)).StandardOutput!;
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await output.ReadAsync(new byte[16], soon.Token).AsTask().Within());
        process.Close();
    }

    [Fact]
    public async Task A_process_is_killed_once_and_killing_it_again_while_it_ends_succeeds()
    {
        IContainer container = await CreateStartedAsync();
        IProcess process = await container.CreateProcessAsync(Sleep(), Limit);
        await process.KillAsync(Limit);
        try
        {
            await process.KillAsync(Limit);
        }
        catch (HcsException e) when (e.Is(HResult.ProcessAlreadyStopped))
        {
            // The process had already ended.
        }

        Assert.True((await process.Exited.Within()).Exited);
        process.Close();
    }

    [Fact]
    public async Task An_ended_process_cannot_be_killed()
    {
        IContainer container = await CreateStartedAsync();
        IProcess process = await container.CreateProcessAsync(Exit(0), Limit);
        await process.Exited.Within();
        await RefusedAsync(HResult.ProcessAlreadyStopped, () => process.KillAsync(Limit));
        process.Close();
    }

    [Fact]
    public async Task A_process_can_be_opened_by_id()
    {
        IContainer container = await CreateStartedAsync();
        IProcess process = await container.CreateProcessAsync(Sleep(), Limit);
        IProcess opened = await container.OpenProcessAsync(process.ProcessId, Limit);
        Assert.Equal(process.ProcessId, opened.ProcessId);
        Assert.Null((await opened.GetStdioAsync(Limit)).StandardOutput);
        Task<ProcessStatus> seen = opened.Exited;
        await opened.KillAsync(Limit);
        Assert.True((await seen.Within()).Exited);
        Assert.Equal((await process.Exited.Within()).ExitCode, (await seen).ExitCode);
        opened.Close();
        process.Close();
    }

    [Fact]
    public async Task A_process_that_never_was_or_has_ended_is_not_found()
    {
        IContainer container = await CreateStartedAsync();
        await RefusedAsync(HResult.ElementNotFound, () => container.OpenProcessAsync(4_000_000_000, Limit));
        IProcess process = await container.CreateProcessAsync(Exit(0), Limit);
        await process.Exited.Within();
        await RefusedAsync(HResult.ElementNotFound, () => container.OpenProcessAsync(process.ProcessId, Limit));
        process.Close();
    }

    [Fact]
    public async Task A_console_always_has_an_input()
    {
        IContainer container = await CreateStartedAsync();
        ProcessConfig config = Cat();
        config.EmulateConsole = true;
        config.CreateStdInPipe = config.CreateStdErrPipe = false;
        config.ConsoleSize = [24, 80];
        IProcess process = await container.CreateProcessAsync(config, Limit);
        await Task.Delay(100, Limit);
        Assert.False(process.Exited.IsCompleted);
        Assert.False(config.CreateStdInPipe);
        if (HasConsoles)
        {
            await process.ResizeConsoleAsync(120, 40, Limit);
        }
        else
        {
            await RefusedAsync(HResult.NotSupported, () => process.ResizeConsoleAsync(120, 40, Limit));
        }

        await process.KillAsync(Limit);
        await process.Exited.Within();
        process.Close();
    }

    private IEnumerable<string> PipesLeft() =>
        Left.Where(left => left.Contains(" on pipe:", StringComparison.Ordinal));

    /// <summary>Returns a stream with unread output whose process is closed.</summary>
    private async Task<Stream> CloseUnreadAsync(IContainer container)
    {
        IProcess process = await container.CreateProcessAsync(Echo("unread"), Limit);
        ProcessStdio stdio = await process.GetStdioAsync(Limit);
        await process.Exited.Within();
        process.Close();
        return stdio.StandardOutput!;
    }

    private async Task<string> ReadAsync(Stream? stream)
    {
        using var copy = new MemoryStream();
        await stream!.CopyToAsync(copy, Limit);
        return Encoding.UTF8.GetString(copy.ToArray()).TrimEnd('\r', '\n');
    }
}
