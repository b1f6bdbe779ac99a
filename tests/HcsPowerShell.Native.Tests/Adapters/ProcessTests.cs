using System;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Native.Tests.Mocks;
using Xunit;

namespace HcsPowerShell.Native.Tests.Adapters;

/// <summary>Tests of the documents that are sent for a process, and of the calls that end it.</summary>
public abstract class ProcessTests(MockLibrary mock) : MockTests(mock)
{
    [Fact]
    public async Task A_command_line_is_passed_on_verbatim()
    {
        const string CommandLine = """echo "a \"b\" c:\d\\" 'e' Größe 容器 <&>""";
        IContainer container = await CreateStartedAsync();
        IProcess process = await container.CreateProcessAsync(Run(CommandLine), Limit);
        Assert.Equal(
            CommandLine, HcsJson.Read<ProcessConfig>(Mock.LastDocument("HcsCreateProcess")).CommandLine);
        Assert.Contains("Größe 容器", Mock.LastDocument("HcsCreateProcess"));
        process.Close();
        await EndAsync(container);
    }

    [Fact]
    public async Task Closing_the_input_sends_the_request_and_once()
    {
        IContainer container = await CreateStartedAsync();
        IProcess process = await container.CreateProcessAsync(WithPipes("cat"), Limit);
        await process.CloseStdinAsync(Limit);
        await process.CloseStdinAsync(Limit);
        Assert.Equal(
            """{"Operation":"CloseHandle","CloseHandle":{"Handle":"StdIn"}}""", Mock.LastDocument("HcsModifyProcess"));
        Assert.Equal(1, Mock.Calls("HcsModifyProcess"));
        await process.Exited.Within();
        process.Close();
        await EndAsync(container);
    }

    [Fact]
    public async Task Closing_the_input_after_the_exit_sends_nothing_and_closes_the_pipe()
    {
        IContainer container = await CreateStartedAsync();
        IProcess process = await container.CreateProcessAsync(WithPipes("exit 0"), Limit);
        await process.Exited.Within();
        await process.CloseStdinAsync(Limit);
        Assert.Equal(0, Mock.Calls("HcsModifyProcess"));
        ProcessStdio stdio = await process.GetStdioAsync(Limit);
        await Assert.ThrowsAsync<ObjectDisposedException>(
            async () => await stdio.StandardInput!.WriteAsync(new byte[1], Limit));
        process.Close();
        await EndAsync(container);
    }

    [Fact]
    public async Task A_console_size_names_height_and_width()
    {
        IContainer container = await CreateStartedAsync();
        ProcessConfig config = Run("cat");
        config.EmulateConsole = true;
        config.ConsoleSize = [25, 80];
        IProcess process = await container.CreateProcessAsync(config, Limit);
        Assert.Contains("\"CreateStdInPipe\":true", Mock.LastDocument("HcsCreateProcess"));
        Assert.Contains("\"ConsoleSize\":[25,80]", Mock.LastDocument("HcsCreateProcess"));
        await process.ResizeConsoleAsync(width: 120, height: 40, Limit);
        Assert.Equal(
            """{"Operation":"ConsoleSize","ConsoleSize":{"Height":40,"Width":120}}""",
            Mock.LastDocument("HcsModifyProcess"));
        process.Close();
        await EndAsync(container);
    }

    [Fact]
    public async Task A_console_has_no_pipe_from_standard_error()
    {
        IContainer container = await CreateStartedAsync();
        ProcessConfig config = WithPipes("exit 0");
        config.EmulateConsole = true;
        IProcess process = await container.CreateProcessAsync(config, Limit);
        Assert.DoesNotContain("CreateStdErrPipe", Mock.LastDocument("HcsCreateProcess"), StringComparison.Ordinal);
        Assert.Null((await process.GetStdioAsync(Limit)).StandardError);
        process.Close();
        await EndAsync(container);
    }

    [Fact]
    public async Task A_second_kill_makes_no_call()
    {
        IContainer container = await CreateStartedAsync();
        IProcess process = await container.CreateProcessAsync(Run("sleep 60000"), Limit);
        Mock.SetFault("HcsTerminateProcess", MockFault.Completion, hresult: 0);
        if (IsFirst)
        {
            Mock.SetFault("HcsTerminateProcess", MockFault.Call, hresult: 0);
        }

        await process.KillAsync(Limit);
        await process.KillAsync(Limit);
        Assert.Equal(1, Mock.Calls("HcsTerminateProcess"));
        process.Close();
        await EndAsync(container);
    }

    [Fact]
    public async Task A_kill_that_is_denied_because_another_goes_on_succeeds()
    {
        IContainer container = await CreateStartedAsync();
        IProcess process = await container.CreateProcessAsync(Run("sleep 60000"), Limit);
        Mock.SetFault("HcsTerminateProcess", MockFault.Call, HResult.AccessDenied);
        await process.KillAsync(Limit);
        process.Close();
        await EndAsync(container);
    }

    [Theory]
    [InlineData(unchecked((int)0x80070490))]
    [InlineData(unchecked((int)0x8037011F))]
    [InlineData(unchecked((int)0xC0370110))]
    public async Task A_kill_that_finds_no_process_says_so_and_the_waiters_go_free(int hresult)
    {
        IContainer container = await CreateStartedAsync();
        IProcess process = await container.CreateProcessAsync(Run("sleep 60000"), Limit);
        Task<ProcessStatus> wait = process.Exited;
        Mock.WaitIdle(50);
        Mock.SetFault("HcsTerminateProcess", MockFault.Call, hresult);
        Mock.SetFault("HcsGetProcessProperties", MockFault.Call, hresult);
        await RefusedAsync(HResult.ProcessAlreadyStopped, process.KillAsync(Limit));
        ProcessStatus exit = await wait.Within();
        Assert.True(exit.Exited);
        Assert.Equal(hresult, exit.LastWaitResult);
        process.Close();
        await EndAsync(container);
    }

    [Fact]
    public async Task A_kill_that_fails_tells_it_and_claims_no_exit()
    {
        IContainer container = await CreateStartedAsync();
        IProcess process = await container.CreateProcessAsync(Run("sleep 60000"), Limit);
        Mock.SetFault("HcsTerminateProcess", MockFault.Call, HResult.InvalidState);
        await RefusedAsync(HResult.InvalidState, process.KillAsync(Limit));
        Assert.False(process.Exited.IsCompleted);
        await process.KillAsync(Limit);
        await process.Exited.Within();
        process.Close();
        await EndAsync(container);
    }

    [Fact]
    public async Task Ids_beyond_31_bits_survive()
    {
        IContainer container = await CreateStartedAsync();
        IProcess process = await container.CreateProcessAsync(Run("sleep 60000"), Limit);
        Assert.True(process.ProcessId > int.MaxValue);
        IProcess opened = await container.OpenProcessAsync(process.ProcessId, Limit);
        opened.Close();
        process.Close();
        await EndAsync(container);
    }
}
