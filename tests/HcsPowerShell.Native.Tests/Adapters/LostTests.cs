using System;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Native.Tests.Mocks;
using Xunit;

namespace HcsPowerShell.Native.Tests.Adapters;

/// <summary>
/// Tests of calls whose end is never reported. First the call times out, then the close of its handle. Every test ends
/// with an assertion that nothing is left.
/// </summary>
public abstract class LostTests : MockTests
{
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(50);

    private protected LostTests(MockLibrary mock)
        : base(mock)
    {
        Mock.SetClosesPending(true);
        Hurried = [ComputeOperation.Close, ComputeOperation.ProcessClose];
    }

    protected CallOptions Briefly => new(Limit, s_short);

    [Fact]
    public async Task Every_call_on_a_container_ends_when_its_time_has_passed()
    {
        string[] functions = IsFirst
            ? ["HcsStartComputeSystem", "HcsPauseComputeSystem", "HcsResumeComputeSystem"]
            :
            [
                "HcsStartComputeSystem", "HcsPauseComputeSystem", "HcsResumeComputeSystem", "HcsModifyComputeSystem",
                "HcsGetComputeSystemProperties", "HcsCreateProcess",
            ];
        IContainer container = await CreateAsync();
        foreach (string function in functions)
        {
            Mock.SetFault(function, MockFault.Lost);
            await RefusedAsync(HResult.OperationTimeout, CallAsync(container, function).Within(what: function));
        }

        container.Close();
        Mock.ExitSystem(container.Id, "ForcedExit", 0);
    }

    [Fact]
    public async Task A_creation_whose_end_is_lost_is_undone()
    {
        Mock.SetFault("HcsCreateComputeSystem", MockFault.Lost);
        await RefusedAsync(
            HResult.OperationTimeout,
            Service.CreateContainerAsync(NewId(), "{}", new SchemaVersion { Major = 2 }, Briefly).Within());
        await UntilAsync(() => Mock.Systems == 0 && Mock.Alive(MockKind.System) == 0);
    }

    [Fact]
    public async Task A_creation_that_the_service_takes_when_nobody_waits_is_undone_then()
    {
        Mock.SetFault("HcsCreateComputeSystem", MockFault.Lost);
        using var stop = new CancellationTokenSource();
        using (MockHold hold = new(ComputeOperation.Create))
        {
            Task creating = Service.CreateContainerAsync(NewId(), "{}", new SchemaVersion { Major = 2 }, stop.Token);
            await UntilAsync(() => hold.AtWork == 1);
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => creating.Within());
            Assert.Equal(0, Mock.Calls("HcsTerminateComputeSystem"));
            Mock.Hold("HcsTerminateComputeSystem");
        }

        await UntilAsync(() => Mock.Calls("HcsTerminateComputeSystem") == 1);
        Mock.Hold("HcsTerminateComputeSystem", on: false);
        await UntilAsync(() => Mock.Systems == 0 && Mock.Alive(MockKind.System) == 0);
    }

    private Task CallAsync(IContainer container, string function) => function switch
    {
        "HcsStartComputeSystem" => container.StartAsync(Briefly),
        "HcsPauseComputeSystem" => container.PauseAsync(Briefly),
        "HcsResumeComputeSystem" => container.ResumeAsync(Briefly),
        "HcsModifyComputeSystem" => container.ModifyAsync("{}", Briefly),
        "HcsCreateProcess" => container.CreateProcessAsync(Run("sleep 60000"), Briefly),
        _ => container.GetPropertiesAsync(new PropertyQuery(), Briefly),
    };
}

/// <summary>Tests for computecore only: the same functions of vmcompute are complete when they return.</summary>
public sealed class ComputeCoreLostTests() : LostTests(MockLibrary.ComputeCore)
{
    [Fact]
    public async Task Every_call_on_a_process_ends_when_its_time_has_passed()
    {
        IContainer container = await CreateStartedAsync();
        IProcess process = await container.CreateProcessAsync(
            new ProcessConfig { CommandLine = "sleep 60000", EmulateConsole = true, CreateStdInPipe = true }, Limit);
        Mock.SetFault("HcsModifyProcess", MockFault.Lost, nth: -1);
        await RefusedAsync(HResult.OperationTimeout, process.ResizeConsoleAsync(80, 25, Briefly).Within());
        await RefusedAsync(HResult.OperationTimeout, process.CloseStdinAsync(Briefly).Within());
        process.Close();
        await EndAsync(container);
    }

    [Fact]
    public async Task A_list_ends_when_its_time_has_passed()
    {
        Mock.SetFault("HcsEnumerateComputeSystems", MockFault.Lost);
        await RefusedAsync(
            HResult.OperationTimeout, Service.GetContainersAsync(new ComputeSystemQuery(), Briefly).Within());
        await UntilAsync(() => Mock.Alive(MockKind.Operation) == 0);
    }

    [Fact]
    public async Task What_cannot_be_undone_is_closed_when_the_time_for_that_has_passed()
    {
        IContainer container = await CreateStartedAsync();
        Mock.SetFault("HcsTerminateComputeSystem", MockFault.Ignored, nth: -1);
        Mock.SetFault("HcsTerminateProcess", MockFault.Ignored, nth: -1);
        Mock.SetFault("HcsCreateComputeSystem", MockFault.None, delay: Later);
        Mock.SetFault("HcsCreateProcess", MockFault.None, delay: Later);
        string id = NewId();
        Task created = Service.CreateContainerAsync(id, "{}", new SchemaVersion { Major = 2 }, Briefly);
        Task started = container.CreateProcessAsync(WithPipes("sleep 60000"), Briefly);
        await RefusedAsync(HResult.OperationTimeout, created.Within());
        await RefusedAsync(HResult.OperationTimeout, started.Within());
        await UntilAsync(() => Mock.Calls("HcsTerminateComputeSystem") == 1 && Mock.Calls("HcsCreateProcess") == 1);
        Hurried = [.. Hurried, ComputeOperation.Terminate, ComputeOperation.Kill];
        SkipLater();
        await UntilAsync(
            () => Mock.Calls("HcsCloseProcess") == 1 && Mock.Calls("HcsCloseComputeSystem") == 1);
        Assert.InRange(Mock.Calls("HcsTerminateComputeSystem"), 1, 2);
        Assert.Equal(1, Mock.Calls("HcsTerminateProcess"));
        container.Close();
        Mock.ExitSystem(container.Id, "ForcedExit", 0);
        Mock.ExitSystem(id, "ForcedExit", 0);
    }

    [Fact]
    public async Task An_operation_that_is_waited_for_in_slices_ends_with_its_handle()
    {
        const int CallbackAlreadySet = unchecked((int)0x80370119);
        IContainer container = await CreateAsync();
        Mock.SetFault("HcsStartComputeSystem", MockFault.Call, CallbackAlreadySet);
        Mock.SetFault("HcsStartComputeSystem", MockFault.Lost, nth: 2);
        await RefusedAsync(HResult.OperationTimeout, container.StartAsync(Briefly).Within());
        container.Close();
        Mock.ExitSystem(container.Id, "ForcedExit", 0);
    }
}

public sealed class VmComputeLostTests() : LostTests(MockLibrary.VmCompute);
