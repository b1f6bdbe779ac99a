using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Native.Tests.Mocks;
using Xunit;

namespace HcsPowerShell.Native.Tests.Adapters;

/// <summary>Tests of exits that the library reports early, late, without a document, or never.</summary>
public abstract class ExitTests(MockLibrary mock) : MockTests(mock)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_exit_code_is_known_with_and_without_a_document(bool withDocument)
    {
        Mock.SetExitData(withDocument);
        IContainer container = await CreateStartedAsync();
        IProcess process = await container.CreateProcessAsync(Run("exit 3221225786"), Limit);
        Assert.Equal(0xC000013Au, (await process.Exited.Within()).ExitCode);
        process.Close();
        await EndAsync(container);
    }

    [Fact]
    public async Task An_exit_before_the_callback_was_set_is_found_without_its_event()
    {
        IContainer container = await CreateStartedAsync();
        Mock.SetReplay(false);
        Mock.Lose(MockEvent.ProcessExited);
        IProcess process = await container.CreateProcessAsync(Run("exit 7"), Limit);
        Mock.WaitIdle(5000);
        Assert.Equal(7u, (await process.Exited.Within()).ExitCode);
        process.Close();
        await EndAsync(container);
    }

    [Fact]
    public async Task The_exit_of_the_system_ends_the_wait_for_a_process_whose_event_is_lost()
    {
        IContainer container = await CreateStartedAsync();
        IProcess process = await container.CreateProcessAsync(Run("sleep 60000"), Limit);
        Task<ProcessStatus> wait = process.Exited;
        Mock.Lose(MockEvent.ProcessExited);
        await EndAsync(container);
        Assert.True((await wait.Within()).Exited);
        process.Close();
    }

    [Fact]
    public async Task An_exit_of_a_process_whose_status_says_that_it_runs_has_no_code()
    {
        const uint ProcessExited = 0x10000;
        IContainer container = await CreateStartedAsync();
        IProcess process = await container.CreateProcessAsync(Run("sleep 60000"), Limit);
        Mock.Emit(ProcessExited, threads: 1, count: 1, data: null);
        ProcessStatus exit = await process.Exited.Within();
        Assert.True(exit.Exited);
        Assert.Equal(HResult.ProcessAlreadyStopped, exit.LastWaitResult);
        process.Close();
        await EndAsync(container);
    }

    [Theory]
    [InlineData("""{"ProcessId":1,"ExitCode":5,"LastWaitResult":0}""", 5, 0)]
    [InlineData("""{"ExitCode":0,"LastWaitResult":0}""", 0, 0)]
    [InlineData("""{"ExitCode":5,"LastWaitResult":258}""", 0, HResult.ProcessAlreadyStopped)]
    [InlineData("""{"ExitCode":5,"LastWaitResult":-1}""", 0, HResult.ProcessAlreadyStopped)]
    [InlineData("""{"ExitCode":5}""", 0, HResult.ProcessAlreadyStopped)]
    [InlineData("""{"Exited":false,"ExitCode":5,"LastWaitResult":0}""", 0, HResult.ProcessAlreadyStopped)]
    [InlineData("""{"Exited":true,"ExitCode":5,"LastWaitResult":-1}""", 5, -1)]
    public async Task A_status_that_does_not_say_exited_is_judged_by_the_wait(string status, uint exitCode, int wait)
    {
        const uint ProcessExited = 0x10000;
        IContainer container = await CreateStartedAsync();
        IProcess process = await container.CreateProcessAsync(Run("sleep 60000"), Limit);
        Mock.Emit(ProcessExited, threads: 1, count: 1, data: status);
        ProcessStatus exit = await process.Exited.Within();
        Assert.Equal((true, exitCode, wait), (exit.Exited, exit.ExitCode, exit.LastWaitResult));
        process.Close();
        await EndAsync(container);
    }

    [Fact]
    public async Task An_unexpected_exit_is_told_as_one()
    {
        IContainer container = await CreateStartedAsync();
        Task<SystemExitStatus> wait = container.Exited;
        Mock.ExitSystem(container.Id, "UnexpectedExit", HResult.UnexpectedExit);
        SystemExitStatus exit = await wait.Within();
        Assert.Equal(HResult.UnexpectedExit, exit.Status);
        Assert.Equal("UnexpectedExit", exit.ExitType);
        container.Close();
    }

    [Fact]
    public async Task An_opened_system_tells_its_exit_too()
    {
        IContainer container = await CreateStartedAsync();
        IContainer opened = await Service.OpenContainerAsync(container.Id, Limit);
        Task<SystemExitStatus> wait = opened.Exited;
        await EndAsync(container);
        Assert.Equal(0, (await wait.Within()).Status);
        opened.Close();
    }

    [Fact]
    public async Task An_opened_system_that_had_exited_unheard_is_known_to_have()
    {
        IContainer container = await CreateStartedAsync();
        IContainer opened = await Service.OpenContainerAsync(container.Id, Limit);
        Mock.Lose(MockEvent.SystemExited);
        await container.TerminateAsync(Limit);
        Mock.WaitIdle(5000);
        Assert.NotNull(await opened.Exited.Within());
        opened.Close();
        container.Close();
    }

    [Fact]
    public async Task A_slow_subscriber_holds_up_no_exit()
    {
        IContainer container = await CreateStartedAsync();
        using var go = new System.Threading.ManualResetEventSlim();
        container.EventReceived += _ => go.Wait(Limit);
        IProcess process = await container.CreateProcessAsync(Run("exit 1"), Limit);
        await process.Exited.Within();
        await container.TerminateAsync(Limit);
        await container.Exited.Within();
        go.Set();
        process.Close();
        container.Close();
    }

    [Fact]
    public async Task A_failing_subscriber_starves_nobody()
    {
        IContainer container = await CreateStartedAsync();
        var exited = new TaskCompletionSource();
        container.EventReceived += e =>
        {
            if (e.Type == ComputeSystemEventType.SystemExited)
            {
                exited.SetResult();
            }

            throw new System.InvalidOperationException();
        };
        IProcess process = await container.CreateProcessAsync(Run("exit 1"), Limit);
        await process.Exited.Within();
        process.Close();
        await container.TerminateAsync(Limit);
        await exited.Task.Within();
        container.Close();
    }
}
