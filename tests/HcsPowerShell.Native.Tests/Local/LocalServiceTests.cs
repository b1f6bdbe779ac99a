using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Local;
using HcsPowerShell.Native.Tests.Mocks;
using Xunit;

namespace HcsPowerShell.Native.Tests.Local;

/// <summary>Tests which library operates which system.</summary>
public sealed class LocalServiceTests : IDisposable
{
    private const int Missing = unchecked((int)0x8007007E);

    private readonly MockSession _session = new();
    private readonly LocalComputeService _service = new();
    private readonly MockLibrary _first = MockLibrary.VmCompute;
    private readonly MockLibrary _second = MockLibrary.ComputeCore;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1u)]
    [InlineData(2u)]
    public async Task A_system_is_operated_through_the_library_that_created_it(uint schema)
    {
        (MockLibrary used, MockLibrary unused) = schema == 1 ? (_first, _second) : (_second, _first);
        IContainer created = await CreateAsync(_service, "Mine", schema);
        IContainer opened = await _service.OpenContainerAsync("mine", Token);
        await opened.StartAsync(Token);
        Assert.Equal(1, used.Calls("HcsCreateComputeSystem"));
        Assert.Equal(1, used.Calls("HcsOpenComputeSystem"));
        Assert.Equal(1, used.Calls("HcsStartComputeSystem"));
        Assert.Equal(0, unused.Calls("HcsOpenComputeSystem"));
        await EndAsync(created);
        opened.Close();
    }

    [Fact]
    public async Task An_id_is_free_for_the_other_library_after_the_exit()
    {
        await EndAsync(await CreateAsync(_service, "again", schema: 1));
        _second.AddSystem("again", "{}", started: true);
        IContainer opened = await _service.OpenContainerAsync("again", Token);
        Assert.Equal(1, _second.Calls("HcsOpenComputeSystem"));
        await EndAsync(opened);
    }

    [Theory]
    [InlineData("HcsStartComputeSystem")]
    [InlineData("HcsPauseComputeSystem")]
    [InlineData("HcsResumeComputeSystem")]
    [InlineData("HcsModifyComputeSystem")]
    [InlineData("HcsGetComputeSystemProperties")]
    [InlineData("HcsCreateProcess")]
    [InlineData("HcsOpenProcess")]
    [InlineData("HcsTerminateComputeSystem")]
    public async Task A_reused_id_is_operated_by_the_library_that_has_it_now(string function)
    {
        // No handle of this process is told of the exit.
        IContainer created = await CreateAsync(_service, "again", schema: 1);
        created.Close();
        _first.ExitSystem("again", "ForcedExit", 0);
        _second.AddSystem("again", "{}", started: function != "HcsStartComputeSystem");
        _first.WaitIdle(5000);
        int before = _first.Calls(function);
        IContainer opened = await _service.OpenContainerAsync("again", Token);
        await CallAsync(opened, function);
        Assert.InRange(_second.Calls(function), 1, int.MaxValue);
        Assert.Equal(before, _first.Calls(function));
        await EndAsync(opened);
    }

    /// <summary>
    /// The other direction: each mock simulates its side of the one service, and computecore refuses a system that it
    /// did not create.
    /// </summary>
    [Theory]
    [InlineData("HcsStartComputeSystem", true)]
    [InlineData("HcsPauseComputeSystem", true)]
    [InlineData("HcsModifyComputeSystem", true)]
    [InlineData("HcsCreateProcess", true)]
    [InlineData("HcsStartComputeSystem", false)]
    [InlineData("HcsPauseComputeSystem", false)]
    [InlineData("HcsModifyComputeSystem", false)]
    [InlineData("HcsCreateProcess", false)]
    public async Task An_id_made_through_computecore_and_reused_by_another_program_is_operated_as_foreign(
        string function, bool isExitSeen)
    {
        IContainer created = await CreateAsync(_service, "again", schema: 2);
        if (isExitSeen)
        {
            await EndAsync(created);
        }
        else
        {
            // No handle of this process is told of the exit.
            created.Close();
            _second.ExitSystem("again", "ForcedExit", 0);
            _second.WaitIdle(5000);
        }

        bool started = function != "HcsStartComputeSystem";
        _first.AddSystem("again", "{}", started);
        _second.AddSystem("again", "{}", started);
        _second.SetFault(function, MockFault.Call, HResult.InvalidState);
        IContainer opened = await _service.OpenContainerAsync("again", Token);
        Exception? refused = await Record.ExceptionAsync(() => CallAsync(opened, function));
        int operated = _first.Calls(function);
        await EndAsync(opened);
        Assert.Null(refused);
        Assert.Equal(1, operated);
    }

    [Theory]
    [InlineData(HResult.InvalidState)]
    [InlineData(HResult.InvalidJson)]
    [InlineData(HResult.InvalidArgument)]
    [InlineData(HResult.InvalidData)]
    [InlineData(HResult.NotSupported)]
    [InlineData(HResult.Unspecified)]
    [InlineData(HResult.NotImplemented)]
    [InlineData(HResult.InvalidHandle)]
    [InlineData(HResult.SystemNotConfigured)]
    [InlineData(unchecked((int)0x8037010B))]
    [InlineData(unchecked((int)0xC0370105))]
    [InlineData(unchecked((int)0xC037010B))]
    [InlineData(unchecked((int)0xC037010D))]
    public async Task What_computecore_refuses_is_tried_once_through_vmcompute_and_remembered(int refusal)
    {
        IContainer opened = await OpenForeignAsync();
        _second.SetFault("HcsPauseComputeSystem", MockFault.Call, refusal);
        await opened.PauseAsync(Token);
        Assert.Equal(1, _first.Calls("HcsPauseComputeSystem"));
        await opened.ResumeAsync(Token);
        Assert.Equal(0, _second.Calls("HcsResumeComputeSystem"));

        IContainer again = await _service.OpenContainerAsync("foreign", Token);
        Assert.Equal(1, _second.Calls("HcsOpenComputeSystem"));
        again.Close();
        await EndAsync(opened);
    }

    [Fact]
    public async Task A_process_can_come_from_vmcompute_and_its_events_arrive()
    {
        IContainer opened = await OpenForeignAsync();
        var exited = new TaskCompletionSource<ComputeSystemEvent>();
        opened.EventReceived += e =>
        {
            if (e.Type == ComputeSystemEventType.ProcessExited)
            {
                exited.TrySetResult(e);
            }
        };
        _second.SetFault("HcsCreateProcess", MockFault.Call, HResult.InvalidState);
        IProcess process =
            await opened.CreateProcessAsync(new ProcessConfig { CommandLine = "exit 4" }, Token);
        Assert.Equal(4u, (await process.Exited.Within()).ExitCode);
        Assert.Equal(process.ProcessId, (await exited.Task.Within()).ProcessId);
        process.Close();
        await EndAsync(opened);
    }

    [Fact]
    public async Task When_both_refuse_the_first_answer_counts_and_nothing_is_remembered()
    {
        IContainer opened = await OpenForeignAsync();
        _second.SetFault("HcsPauseComputeSystem", MockFault.Call, HResult.InvalidState, document: "{\"Error\":1}");
        _first.SetFault("HcsPauseComputeSystem", MockFault.Call, HResult.AccessDenied);
        HcsException refusal = await Assert.ThrowsAsync<HcsException>(() => opened.PauseAsync(Token));
        Assert.Equal(HResult.InvalidState, refusal.HResult);
        Assert.Equal("{\"Error\":1}", refusal.ResultDocument);
        await opened.PauseAsync(Token);
        Assert.Equal(2, _second.Calls("HcsPauseComputeSystem"));
        await EndAsync(opened);
    }

    [Theory]
    [InlineData(HResult.AccessDenied)]
    [InlineData(HResult.HcsAccessDenied)]
    [InlineData(HResult.NotElevated)]
    [InlineData(HResult.SystemNotFound)]
    [InlineData(HResult.SystemAlreadyStopped)]
    [InlineData(HResult.ServiceDisconnect)]
    [InlineData(HResult.RpcServerUnavailable)]
    [InlineData(HResult.OperationTimeout)]
    public async Task Another_refusal_is_not_tried_again(int refusal)
    {
        IContainer opened = await OpenForeignAsync();
        _second.SetFault("HcsPauseComputeSystem", MockFault.Call, refusal);
        await Assert.ThrowsAsync<HcsException>(() => opened.PauseAsync(Token));
        Assert.Equal(0, _first.Calls("HcsOpenComputeSystem"));
        await EndAsync(opened);
    }

    [Theory]
    [InlineData(LocalApi.VmCompute)]
    [InlineData(LocalApi.ComputeCore)]
    public async Task A_library_can_be_forced(LocalApi api)
    {
        (MockLibrary used, MockLibrary unused) = api == LocalApi.VmCompute ? (_first, _second) : (_second, _first);
        var service = new LocalComputeService(api);
        IContainer created = await CreateAsync(service, "forced", schema: api == LocalApi.VmCompute ? 2u : 1u);
        Assert.Single(await service.GetContainersAsync(new ComputeSystemQuery(), Token));
        Assert.Single((await service.GetPropertiesAsync(Token)).Api);
        Assert.Equal(1, used.Calls("HcsEnumerateComputeSystems"));
        Assert.Equal(0, unused.Calls("HcsEnumerateComputeSystems"));
        await EndAsync(created);
    }

    [Fact]
    public async Task A_list_comes_from_computecore_or_from_vmcompute_where_that_is_all_there_is()
    {
        _first.AddSystem("old", "{}", started: false);
        _second.SetFault("HcsEnumerateComputeSystems", MockFault.Call, Missing, nth: 2);
        Assert.Empty(await _service.GetContainersAsync(new ComputeSystemQuery(), Token));
        Assert.Equal("old", (await _service.GetContainersAsync(new ComputeSystemQuery(), Token)).Single().Id);
        _first.ExitSystem("old", "ForcedExit", 0);
    }

    [Theory]
    [InlineData("{ no")]
    [InlineData("{}")]
    [InlineData("")]
    public async Task A_list_that_is_none_is_asked_of_vmcompute(string answer)
    {
        _first.AddSystem("old", "{}", started: false);
        _second.SetFault("HcsEnumerateComputeSystems", MockFault.None, 0, 0, answer);
        Assert.Equal("old", (await _service.GetContainersAsync(new ComputeSystemQuery(), Token)).Single().Id);
        _first.ExitSystem("old", "ForcedExit", 0);
    }

    [Fact]
    public async Task The_host_names_both_libraries()
    {
        HostProperties properties = await _service.GetPropertiesAsync(Token);
        Assert.Equal(HostKind.Local, properties.Kind);
        Assert.Equal(["vmcompute.dll", "computecore.dll"], properties.Api.Select(a => a.Split(' ')[0]));
        Assert.Equal(["1.0", "2.5"], properties.SchemaVersions);
    }

    public void Dispose() => _session.Dispose();

    private static Task<IContainer> CreateAsync(LocalComputeService service, string id, uint schema) =>
        service.CreateContainerAsync(id, """{"Owner":"test"}""", new SchemaVersion { Major = schema }, Token);

    private static async Task EndAsync(IContainer container)
    {
        await container.TerminateAsync(Token);
        await container.Exited.Within();
        container.Close();
        MockLibrary.VmCompute.ExitSystem(container.Id, "ForcedExit", 0);
        MockLibrary.ComputeCore.ExitSystem(container.Id, "ForcedExit", 0);
    }

    private static async Task CallAsync(IContainer container, string function)
    {
        switch (function)
        {
            case "HcsStartComputeSystem":
                await container.StartAsync(Token);
                break;
            case "HcsPauseComputeSystem":
                await container.PauseAsync(Token);
                break;
            case "HcsResumeComputeSystem":
                await container.PauseAsync(Token);
                await container.ResumeAsync(Token);
                break;
            case "HcsModifyComputeSystem":
                await container.ModifyAsync("{}", Token);
                break;
            case "HcsGetComputeSystemProperties":
                await container.GetPropertiesAsync(new PropertyQuery(), Token);
                break;
            case "HcsTerminateComputeSystem":
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

    /// <summary>Opens a running system of another program: each mock simulates its side of the one service.</summary>
    private async Task<IContainer> OpenForeignAsync()
    {
        _first.AddSystem("foreign", "{}", started: true);
        _second.AddSystem("foreign", "{}", started: true);
        return await _service.OpenContainerAsync("foreign", Token);
    }
}
