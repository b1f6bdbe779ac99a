using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Local;
using HcsPowerShell.Native.Tests.Mocks;
using Xunit;

namespace HcsPowerShell.Native.Tests.Local;

/// <summary>
/// Tests of a system that computecore opens and vmcompute operates. Each mock simulates its side of the one service:
/// both have the same id.
/// </summary>
public sealed class ForeignContainerTests : IDisposable
{
    private const string Id = "foreign";

    private readonly MockSession _session = new();
    private readonly LocalComputeService _service = new();
    private readonly MockLibrary _first = MockLibrary.VmCompute;
    private readonly MockLibrary _second = MockLibrary.ComputeCore;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ComputeOperation.Start)]
    [InlineData(ComputeOperation.Pause)]
    [InlineData(ComputeOperation.Resume)]
    [InlineData(ComputeOperation.Modify)]
    [InlineData(ComputeOperation.Properties)]
    [InlineData(ComputeOperation.Statistics)]
    [InlineData(ComputeOperation.CreateProcess)]
    [InlineData(ComputeOperation.OpenProcess)]
    [InlineData(ComputeOperation.Shutdown)]
    [InlineData(ComputeOperation.Terminate)]
    public async Task Every_operation_that_computecore_refuses_is_done_by_vmcompute_and_so_is_the_exit(
        ComputeOperation operation)
    {
        IContainer opened = await OpenAsync(started: operation != ComputeOperation.Start);
        RefuseAll(HResult.InvalidData);
        await CallAsync(opened, operation);
        Assert.InRange(_first.Calls(Spelled(operation)), 1, int.MaxValue);
        Task<SystemExitStatus> exit = opened.Exited;
        await opened.TerminateAsync(Token);
        Assert.Equal(
            operation == ComputeOperation.Shutdown ? "GracefulExit" : "ForcedExit", (await exit.Within()).ExitType);
        opened.Close();
        _second.ExitSystem(Id, "ForcedExit", 0);
    }

    [Fact]
    public async Task A_container_is_described_once_by_each_library_until_its_end()
    {
        const string Asked = "HcsGetComputeSystemProperties";
        IContainer opened = await OpenAsync();
        Task<SystemExitStatus> exit = opened.Exited;
        await Waits.Until(() => _second.Calls(Asked) > 0, what: "the question");
        Assert.Equal(0, _first.Calls(Asked));
        await opened.TerminateAsync(Token);
        Assert.Equal("ForcedExit", (await exit.Within()).ExitType);
        Assert.Equal((1, 1), (_first.Calls(Asked), _second.Calls(Asked)));
        opened.Close();
        _first.ExitSystem(Id, "ForcedExit", 0);
    }

    [Fact]
    public async Task An_exit_that_only_vmcompute_tells_is_heard()
    {
        IContainer opened = await OpenAsync();
        _second.SetFault("HcsGetComputeSystemProperties", MockFault.Call, HResult.InvalidState, nth: -1);
        int told = 0;
        opened.EventReceived += e => told += e.Type == ComputeSystemEventType.SystemExited ? 1 : 0;
        Task<SystemExitStatus> exit = opened.Exited;
        await Waits.Until(() => _first.Calls("HcsRegisterComputeSystemCallback") == 1);
        _first.ExitSystem(Id, "UnexpectedExit", HResult.UnexpectedExit);
        Assert.Equal("UnexpectedExit", (await exit.Within()).ExitType);
        _second.ExitSystem(Id, "ForcedExit", 0);
        Assert.True(_second.WaitIdle(5000));
        await Waits.Until(() => told == 1);
        opened.Close();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_vmcompute_tells_before_its_handle_is_known_to_be_on_the_system_is_heard(bool isDisconnect)
    {
        IContainer opened = await OpenAsync();
        _second.SetFault("HcsGetComputeSystemProperties", MockFault.Call, HResult.InvalidState, nth: -1);
        _first.Hold("HcsGetComputeSystemProperties");
        Task<SystemExitStatus> exit = opened.Exited;
        await Waits.Until(() => _first.Waiting("HcsGetComputeSystemProperties") == 1);
        if (isDisconnect)
        {
            _first.Disconnect();
            await RefusedAsync(HResult.ServiceDisconnect, exit.Within());
        }
        else
        {
            _first.ExitSystem(Id, "UnexpectedExit", HResult.UnexpectedExit);
            Assert.Equal("UnexpectedExit", (await exit.Within()).ExitType);
        }

        _first.Hold("HcsGetComputeSystemProperties", on: false);
        opened.Close();
        _second.ExitSystem(Id, "ForcedExit", 0);
        _first.ExitSystem(Id, "ForcedExit", 0);
    }

    [Fact]
    public async Task What_computecore_refuses_to_open_is_opened_through_vmcompute()
    {
        _second.SetFault("HcsOpenComputeSystem", MockFault.Call, HResult.InvalidState);
        IContainer opened = await OpenAsync();
        await opened.PauseAsync(Token);
        Assert.Equal((1, 0), (_first.Calls("HcsPauseComputeSystem"), _second.Calls("HcsPauseComputeSystem")));
        await EndAsync(opened);
    }

    [Theory]
    [InlineData(1u)]
    [InlineData(2u)]
    public async Task An_id_of_ours_that_another_program_uses_again_is_foreign(uint schema)
    {
        (MockLibrary own, MockLibrary other) = schema == 1 ? (_first, _second) : (_second, _first);
        IContainer created = await _service.CreateContainerAsync(
            Id, """{"Owner":"test"}""", new SchemaVersion { Major = schema }, Token);
        created.Close();
        own.ExitSystem(Id, "ForcedExit", 0);
        Assert.True(own.WaitIdle(5000));
        own.SetFault("HcsPauseComputeSystem", MockFault.Call, HResult.InvalidState);
        IContainer opened = await OpenAsync();
        await opened.PauseAsync(Token);
        Assert.Equal(1, other.Calls("HcsPauseComputeSystem"));
        await EndAsync(opened);
    }

    [Fact]
    public async Task Nothing_is_asked_of_another_system_with_the_id()
    {
        _first.AddSystem(Id, """{"RuntimeId":"11111111-0000-0000-0000-000000000000"}""", started: true);
        _second.AddSystem(Id, """{"RuntimeId":"22222222-0000-0000-0000-000000000000"}""", started: true);
        IContainer opened = await _service.OpenContainerAsync(Id, Token);
        _second.SetFault("HcsPauseComputeSystem", MockFault.Call, HResult.InvalidState);
        _second.SetFault("HcsTerminateComputeSystem", MockFault.Call, HResult.Unspecified);
        await RefusedAsync(HResult.InvalidState, opened.PauseAsync(Token));
        await RefusedAsync(HResult.Unspecified, opened.TerminateAsync(Token));
        Assert.Equal(0, _first.Calls("HcsPauseComputeSystem"));
        Assert.Equal(0, _first.Calls("HcsTerminateComputeSystem"));
        await EndAsync(opened);
    }

    [Fact]
    public async Task The_same_runtime_id_is_the_same_system()
    {
        const string Document = """{"RuntimeId":"11111111-0000-0000-0000-000000000000"}""";
        _first.AddSystem(Id, Document, started: true);
        _second.AddSystem(Id, Document, started: true);
        IContainer opened = await _service.OpenContainerAsync(Id, Token);
        _second.SetFault("HcsPauseComputeSystem", MockFault.Call, HResult.InvalidState);
        await opened.PauseAsync(Token);
        Assert.Equal(1, _first.Calls("HcsPauseComputeSystem"));
        await EndAsync(opened);
    }

    [Fact]
    public async Task A_termination_that_was_refused_is_not_sent_to_a_handle_that_was_opened_after_it()
    {
        IContainer opened = await OpenAsync();
        _first.Hold("HcsOpenComputeSystem");
        _second.SetFault("HcsTerminateComputeSystem", MockFault.Call, HResult.Unspecified);
        Task terminated = opened.TerminateAsync(Token);
        await Waits.Until(() => _second.Calls("HcsTerminateComputeSystem") == 1);
        _first.Hold("HcsOpenComputeSystem", on: false);
        await RefusedAsync(HResult.Unspecified, terminated.Within());
        Assert.Equal(0, _first.Calls("HcsTerminateComputeSystem"));
        await EndAsync(opened);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_is_tried_again_after_a_time_out_or_a_cancellation(bool isCancelled)
    {
        IContainer opened = await OpenAsync();
        _second.Hold("HcsPauseComputeSystem");
        _second.SetFault("HcsPauseComputeSystem", MockFault.Call, HResult.InvalidState);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        if (isCancelled)
        {
            Task call = opened.PauseAsync(stop.Token);
            await Waits.Until(() => _second.Waiting("HcsPauseComputeSystem") == 1);
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.Within());
        }
        else
        {
            await RefusedAsync(
                HResult.OperationTimeout,
                opened.PauseAsync(new CallOptions(Token, TimeSpan.FromMilliseconds(300))).Within());
        }

        _second.Hold("HcsPauseComputeSystem", on: false);
        await Waits.Until(() => _second.Waiting("HcsPauseComputeSystem") == 0);
        await Task.Delay(100, Token);
        Assert.Equal(0, _first.Calls("HcsOpenComputeSystem"));
        await EndAsync(opened);
    }

    [Fact]
    public Task Both_libraries_have_the_time_of_one_call() =>
        Waits.RequireTime(TimeSpan.FromSeconds(3.9), TimeSpan.FromSeconds(5.9), async () =>
    {
        IContainer opened = await OpenAsync();
        _second.SetFault("HcsPauseComputeSystem", MockFault.Completion, HResult.InvalidState, delay: 2000);
        _first.Hold("HcsPauseComputeSystem");
        var time = Stopwatch.StartNew();
        await RefusedAsync(
            HResult.OperationTimeout, opened.PauseAsync(new CallOptions(Token, TimeSpan.FromSeconds(4))).Within());
        time.Stop();
        _first.Hold("HcsPauseComputeSystem", on: false);
        await EndAsync(opened);
        return time.Elapsed;
    });

    public void Dispose() => _session.Dispose();

    private static async Task RefusedAsync(int hresult, Task task)
    {
        HcsException refusal = await Assert.ThrowsAsync<HcsException>(() => task);
        Assert.True(refusal.Is(hresult), $"0x{refusal.HResult:X8} for 0x{hresult:X8}");
    }

    private static string Spelled(ComputeOperation operation) => operation == ComputeOperation.Shutdown
        ? "HcsShutdownComputeSystem"
        : operation.Function();

    private async Task<IContainer> OpenAsync(bool started = true)
    {
        _first.AddSystem(Id, "{}", started);
        _second.AddSystem(Id, "{}", started);
        return await _service.OpenContainerAsync(Id, Token);
    }

    private void RefuseAll(int hresult)
    {
        foreach (ComputeOperation operation in Enum.GetValues<ComputeOperation>())
        {
            _second.SetFault(operation.Function(), MockFault.Call, hresult, nth: -1);
        }
    }

    private async Task EndAsync(IContainer container)
    {
        await container.TerminateAsync(Token);
        await container.Exited.Within();
        container.Close();
        _first.ExitSystem(Id, "ForcedExit", 0);
        _second.ExitSystem(Id, "ForcedExit", 0);
    }

    private static async Task CallAsync(IContainer container, ComputeOperation operation)
    {
        switch (operation)
        {
            case ComputeOperation.Start:
                await container.StartAsync(Token);
                break;
            case ComputeOperation.Pause:
                await container.PauseAsync(Token);
                break;
            case ComputeOperation.Resume:
                await container.PauseAsync(Token);
                await container.ResumeAsync(Token);
                break;
            case ComputeOperation.Modify:
                await container.ModifyAsync("{}", Token);
                break;
            case ComputeOperation.Properties:
                Assert.Equal("Running", (await container.GetPropertiesAsync(new PropertyQuery(), Token)).State);
                break;
            case ComputeOperation.Statistics:
                Assert.NotNull((await container.GetPropertiesAsync(
                    new PropertyQuery { PropertyTypes = ["Statistics"] }, Token)).Statistics);
                break;
            case ComputeOperation.Shutdown:
                await container.ShutdownAsync(Token);
                break;
            case ComputeOperation.Terminate:
                await container.TerminateAsync(Token);
                break;
            default:
                IProcess process =
                    await container.CreateProcessAsync(new ProcessConfig { CommandLine = "sleep 60000" }, Token);
                (await container.OpenProcessAsync(process.ProcessId, Token)).Close();
                process.Close();
                break;
        }
    }
}
