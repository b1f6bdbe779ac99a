using System;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.VmCompute;
using HcsPowerShell.Native.Tests.Mocks;
using Xunit;

namespace HcsPowerShell.Native.Tests.Adapters;

public sealed class VmComputeFailureTests() : FailureTests(MockLibrary.VmCompute);

public sealed class VmComputeCancellationTests() : CancellationTests(MockLibrary.VmCompute);

public sealed class VmComputeDisconnectTests() : DisconnectTests(MockLibrary.VmCompute);

public sealed class VmComputeExitTests() : ExitTests(MockLibrary.VmCompute);

public sealed class VmComputeProcessTests() : ProcessTests(MockLibrary.VmCompute);

/// <summary>Tests that apply to notifications only.</summary>
public sealed class NotificationTests() : MockTests(MockLibrary.VmCompute)
{
    private const int Pending = unchecked((int)0xC0370103);

    [Theory]
    [InlineData(MockFault.None, 0)]
    [InlineData(MockFault.None, 100)]
    [InlineData(MockFault.Synchronous, 0)]
    public async Task A_creation_ends_with_or_without_its_notification(MockFault fault, int delay)
    {
        Mock.SetFault("HcsCreateComputeSystem", fault, delay: delay);
        await EndAsync(await CreateAsync());
    }

    [Fact]
    public async Task A_creation_that_fails_by_its_notification_fails_although_the_call_answered_success()
    {
        const int Odd = unchecked((int)0xC0370109);
        Mock.SetFault("HcsCreateComputeSystem", MockFault.Synchronous, Odd);
        Mock.SetFault("HcsRegisterComputeSystemCallback", MockFault.Synchronous);
        await RefusedAsync(Odd, CreateAsync());
        Assert.Equal(1, Mock.Calls("HcsTerminateComputeSystem"));
        await UntilAsync(() => Mock.Systems == 0);
    }

    [Fact]
    public async Task A_creation_whose_notification_is_not_repeated_is_found_out()
    {
        Mock.SetReplay(false);
        Mock.Lose(MockEvent.Created);
        var creation = new VmComputeCreation(NewId(), """{"Owner":"test"}""", TimeSpan.FromMilliseconds(50));
        await EndAsync(await creation.RunAsync(Limit));
    }

    [Fact]
    public async Task A_call_that_is_done_when_it_returns_is_not_waited_for()
    {
        Mock.SetFault("HcsStartComputeSystem", MockFault.Synchronous);
        await EndAsync(await CreateStartedAsync());
    }

    [Fact]
    public async Task An_exit_ends_a_start_as_what_it_is()
    {
        IContainer container = await CreateAsync();
        Mock.SetFault("HcsStartComputeSystem", MockFault.Lost);
        Task start = container.StartAsync(Limit);
        await UntilAsync(() => Mock.Calls("HcsStartComputeSystem") == 1);
        Mock.ExitSystem(container.Id, "UnexpectedExit", HResult.UnexpectedExit);
        await RefusedAsync(HResult.TerminatedDuringStart, start.Within());

        // The exit is still there: the start has not consumed it.
        Assert.Equal(HResult.UnexpectedExit, (await container.Exited.Within()).Status);
        container.Close();
    }

    [Fact]
    public async Task An_exit_ends_every_other_wait_as_stopped()
    {
        IContainer container = await CreateStartedAsync();
        Mock.SetFault("HcsPauseComputeSystem", MockFault.Lost);
        Task pause = container.PauseAsync(Limit);
        await UntilAsync(() => Mock.Calls("HcsPauseComputeSystem") == 1);
        Mock.ExitSystem(container.Id, "UnexpectedExit", HResult.UnexpectedExit);
        await RefusedAsync(HResult.SystemAlreadyStopped, pause.Within());
        container.Close();
    }

    [Fact]
    public async Task An_exit_without_a_document_is_told_by_its_status()
    {
        Mock.SetExitData(false);
        IContainer container = await CreateStartedAsync();
        Mock.ExitSystem(container.Id, "UnexpectedExit", unchecked((int)0xC0370106));
        SystemExitStatus exit = await container.Exited.Within();
        Assert.Equal(unchecked((int)0xC0370106), exit.Status);
        Assert.Equal("UnexpectedExit", exit.ExitType);
        container.Close();
    }

    [Fact]
    public async Task A_change_that_answers_pending_ends_with_its_notification()
    {
        const uint ModifyCompleted = 0xC;
        IContainer container = await CreateStartedAsync();
        Mock.SetFault("HcsModifyComputeSystem", MockFault.Call, Pending);
        Task change = container.ModifyAsync("{}", Limit);
        await UntilAsync(() => Mock.Calls("HcsModifyComputeSystem") == 1);
        await Task.Delay(50, Limit);
        Assert.False(change.IsCompleted);
        Mock.Emit(ModifyCompleted, threads: 1, count: 1, data: null);
        await change.Within();
        await EndAsync(container);
    }

    [Fact]
    public async Task An_exit_ends_a_change_that_is_pending()
    {
        IContainer container = await CreateStartedAsync();
        Mock.SetFault("HcsModifyComputeSystem", MockFault.Call, Pending);
        Task change = container.ModifyAsync("{}", Limit);
        await UntilAsync(() => Mock.Calls("HcsModifyComputeSystem") == 1);
        Mock.ExitSystem(container.Id, "UnexpectedExit", HResult.UnexpectedExit);
        await RefusedAsync(HResult.SystemAlreadyStopped, change.Within());
        container.Close();
    }

    [Theory]
    [InlineData(0x80070005)]
    [InlineData(0xC0370105)]
    [InlineData(0x80370105)]
    public async Task A_list_that_is_refused_while_a_silo_ends_is_asked_for_again(uint code)
    {
        IContainer container = await CreateAsync();
        Mock.SetFault("HcsEnumerateComputeSystems", MockFault.Call, unchecked((int)code), nth: 1);
        Mock.SetFault("HcsEnumerateComputeSystems", MockFault.Call, unchecked((int)code), nth: 2);
        Assert.Single((await Service.GetContainersAsync(new ComputeSystemQuery { Ids = [container.Id] }, Limit)).ToList());
        Assert.Equal(3, Mock.Calls("HcsEnumerateComputeSystems"));
        await EndAsync(container);
    }

    [Fact]
    public async Task A_list_that_stays_denied_is_an_error()
    {
        for (int call = 1; call <= 3; call++)
        {
            Mock.SetFault("HcsEnumerateComputeSystems", MockFault.Call, HResult.AccessDenied, nth: call);
        }

        await RefusedAsync(HResult.AccessDenied, Service.GetContainersAsync(new ComputeSystemQuery(), Limit));
    }
}
