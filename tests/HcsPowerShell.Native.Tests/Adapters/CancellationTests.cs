using System;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Contract;
using HcsPowerShell.Interop;
using HcsPowerShell.Native.Tests.Mocks;
using Xunit;

namespace HcsPowerShell.Native.Tests.Adapters;

/// <summary>Tests that a call whose caller stops waiting goes on, and closes the handles that it opened.</summary>
public abstract class CancellationTests(MockLibrary mock) : MockTests(mock)
{
    [Theory]
    [InlineData(MockFault.None)]
    [InlineData(MockFault.Lost)]
    public async Task A_creation_nobody_waits_for_is_terminated_and_closed(MockFault fault)
    {
        bool isLost = fault == MockFault.Lost;
        Mock.SetClosesPending(isLost);
        Hurried = isLost ? [ComputeOperation.Close] : [];
        Mock.SetFault("HcsCreateComputeSystem", fault, delay: Later);
        await StoppedAsync("HcsCreateComputeSystem", token => CreateAsync(token: token));
        if (!isLost)
        {
            await UntilAsync(() => Mock.Calls("HcsTerminateComputeSystem") == 1);
            SkipLater();
        }

        await UntilAsync(() => Mock.Systems == 0 && Mock.Alive(MockKind.System) == 0);
    }

    [Fact]
    public async Task A_system_that_cannot_be_ended_while_it_is_created_is_ended_after()
    {
        Mock.SetFault("HcsCreateComputeSystem", MockFault.None, delay: Later);
        if (!IsFirst)
        {
            Mock.SetFault("HcsTerminateComputeSystem", MockFault.Call, HResult.InvalidState);
        }

        await StoppedAsync("HcsCreateComputeSystem", token => CreateAsync(token: token));
        await UntilAsync(() => Mock.Calls("HcsTerminateComputeSystem") == 1);
        SkipLater();
        await UntilAsync(() => Mock.Systems == 0 && Mock.Alive(MockKind.System) == 0);
    }

    [Theory]
    [InlineData(MockFault.None)]
    [InlineData(MockFault.Completion)]
    public async Task A_handle_is_not_closed_under_the_end_of_a_creation_nobody_waits_for(MockFault fault)
    {
        Mock.SetFault("HcsCreateComputeSystem", fault, HResult.Unspecified, delay: Later);
        Mock.SetFault("HcsTerminateComputeSystem", MockFault.None, delay: Later + Meanwhile);
        await StoppedAsync("HcsCreateComputeSystem", token => CreateAsync(token: token));
        await UntilAsync(() => Mock.Calls("HcsTerminateComputeSystem") == 1);
        SkipLater();
        await UntilAsync(() => Mock.Systems == 0 && Mock.Alive(MockKind.System) == 0);
    }

    [Fact]
    public async Task A_start_nobody_waits_for_goes_on()
    {
        IContainer container = await CreateAsync();
        Mock.SetFault("HcsStartComputeSystem", MockFault.None, delay: Later);
        await StoppedAsync("HcsStartComputeSystem", token => container.StartAsync(token));
        await RefusedAsync(HResult.InvalidState, container.StartAsync(Limit));
        await EndAsync(container);
        SkipLater();
    }

    [Fact]
    public async Task A_process_nobody_waits_for_is_killed_and_closed()
    {
        IContainer container = await CreateStartedAsync();
        Mock.SetFault("HcsCreateProcess", MockFault.None, delay: Later);
        await StoppedAsync("HcsCreateProcess", token => container.CreateProcessAsync(WithPipes("sleep 60000"), token));
        SkipLater();
        await UntilAsync(() => Mock.Calls("HcsCloseProcess") == 1);
        Assert.Equal(1, Mock.Calls("HcsTerminateProcess"));
        await EndAsync(container);
    }

    [Fact]
    public async Task A_wait_that_is_given_up_leaves_the_exit_for_the_next()
    {
        IContainer container = await CreateStartedAsync();
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => container.Exited.WaitAsync(soon.Token));
        await EndAsync(container);
        Assert.Equal(0, (await container.Exited).Status);
    }

    [Fact]
    public async Task A_token_that_is_over_makes_no_call()
    {
        var over = new CancellationToken(canceled: true);
        IContainer container = await CreateStartedAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => container.PauseAsync(over));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => container.CreateProcessAsync(Run("cat"), over));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CreateAsync(token: over));
        Assert.Equal(0, Mock.Calls("HcsPauseComputeSystem"));
        Assert.Equal(0, Mock.Calls("HcsCreateProcess"));
        Assert.Equal(1, Mock.Calls("HcsCreateComputeSystem"));
        await EndAsync(container);
    }

    private async Task StoppedAsync(string function, Func<CancellationToken, Task> call)
    {
        using var stop = new CancellationTokenSource();
        int before = Mock.Calls(function);
        Task running = call(stop.Token);
        await UntilAsync(() => Mock.Calls(function) > before);
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Waits.Limit));
    }
}
