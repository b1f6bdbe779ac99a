using System;
using System.Diagnostics;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Native.Tests.Mocks;
using Xunit;

namespace HcsPowerShell.Native.Tests.Adapters;

/// <summary>
/// Tests of an exit that the library reports before the call that caused it ends, and of a handle that is closed at the
/// exit.
/// </summary>
public abstract class OvertakenTests(MockLibrary mock) : MockTests(mock)
{
    private const int Times = 100;
    private const int ExitDelay = 5;
    private const int CallDelay = 30;

    [Theory]
    [InlineData("Terminate")]
    [InlineData("Shutdown")]
    public async Task Every_end_that_the_exit_overtakes_succeeds(string ending)
    {
        Mock.SetExitDelay(ExitDelay);
        foreach (string function in new[] { "HcsTerminateComputeSystem", "HcsShutDownComputeSystem", "HcsShutdownComputeSystem" })
        {
            Mock.SetFault(function, MockFault.None, delay: CallDelay, nth: -1);
        }

        for (int i = 0; i < Times; i++)
        {
            IContainer container = await CreateStartedAsync();
            Task closed = CloseAtExitAsync(container);
            await (ending == "Terminate" ? container.TerminateAsync(Limit) : container.ShutdownAsync(Limit)).Within();
            await closed.Within();
        }
    }

    [Fact]
    public async Task Every_kill_that_the_exit_overtakes_succeeds()
    {
        Mock.SetExitDelay(ExitDelay);
        Mock.SetFault("HcsTerminateProcess", MockFault.None, delay: CallDelay, nth: -1);
        IContainer container = await CreateStartedAsync();
        for (int i = 0; i < Times; i++)
        {
            IProcess process = await container.CreateProcessAsync(Run("sleep 60000"), Limit);
            Task closed = CloseAtExitAsync(process);
            await process.KillAsync(Limit).Within();
            await closed.Within();
        }

        await EndAsync(container);
    }

    [Fact]
    public async Task Statistics_that_the_exit_overtakes_say_that_the_container_has_stopped()
    {
        Mock.SetFault("HcsGetComputeSystemProperties", MockFault.None, delay: Meanwhile, nth: -1);
        IContainer container = await CreateStartedAsync();
        Task closed = CloseAtExitAsync(container);
        Mock.Hold("HcsGetComputeSystemProperties");
        Task asked = container.GetPropertiesAsync(new PropertyQuery { PropertyTypes = ["Statistics"] }, Limit);
        await UntilAsync(() => Mock.Waiting("HcsGetComputeSystemProperties") == 1);
        await container.TerminateAsync(Limit);
        await RefusedAsync(HResult.SystemAlreadyStopped, asked.Within());
        await closed.Within();

        // The call still uses the handle, so the adapter has not closed it.
        Assert.Equal(0, Mock.Calls("HcsCloseComputeSystem"));
        Mock.Hold("HcsGetComputeSystemProperties", on: false);
        await UntilAsync(() => Mock.Calls("HcsCloseComputeSystem") == 1);
    }

    [Theory]
    [InlineData(MockFault.None)]
    [InlineData(MockFault.Completion)]
    public async Task A_start_that_the_exit_cuts_short_says_so(MockFault fault)
    {
        Mock.SetFault("HcsStartComputeSystem", fault, HResult.Unspecified, delay: Later);
        IContainer container = await CreateAsync();
        Task closed = CloseAtExitAsync(container);
        Task start = container.StartAsync(Limit);
        await UntilAsync(() => Mock.Calls("HcsStartComputeSystem") == 1);
        await Task.Delay(20, Limit);
        var time = Stopwatch.StartNew();
        Mock.ExitSystem(container.Id, "UnexpectedExit", HResult.UnexpectedExit);
        await RefusedAsync(HResult.TerminatedDuringStart, start.Within());
        Assert.True(time.ElapsedMilliseconds < Later - 1000, $"it took {time.ElapsedMilliseconds} ms");
        await closed.Within();
        SkipLater();
    }

    [Fact]
    public async Task A_process_that_the_exit_overtakes_is_closed_when_it_comes()
    {
        Mock.SetExitDelay(ExitDelay);
        IContainer container = await CreateStartedAsync();
        Task closed = CloseAtExitAsync(container);
        Mock.SetFault("HcsCreateProcess", MockFault.None, delay: Later);
        Task<IProcess> started = container.CreateProcessAsync(WithPipes("sleep 60000"), Limit);
        if (IsFirst)
        {
            // The process arrives with the answer of the call, which the adapter refuses after the exit.
            await UntilAsync(() => Mock.Calls("HcsCreateProcess") == 1);
        }
        else
        {
            await UntilAsync(() => Mock.Alive(MockKind.Process) == 1);
        }

        await container.TerminateAsync(Limit);
        await RefusedAsync(HResult.SystemAlreadyStopped, started.Within());
        await closed.Within();
        SkipLater();
    }

    /// <summary>Closes the handle at the exit, as a caller that waits for the exit does.</summary>
    private static async Task CloseAtExitAsync(IContainer container)
    {
        await container.Exited;
        container.Close();
    }

    private static async Task CloseAtExitAsync(IProcess process)
    {
        await process.Exited;
        process.Close();
    }
}

public sealed class ComputeCoreOvertakenTests() : OvertakenTests(MockLibrary.ComputeCore);

public sealed class VmComputeOvertakenTests() : OvertakenTests(MockLibrary.VmCompute);
