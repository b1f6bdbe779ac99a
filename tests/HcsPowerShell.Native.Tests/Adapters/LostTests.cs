using System;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Native.Tests.Mocks;
using Xunit;

namespace HcsPowerShell.Native.Tests.Adapters;

/// <summary>
/// Calls whose end is never told. Their time passes, then that of the close of their handle; that nothing is left is
/// asserted at the end of every test.
/// </summary>
public abstract class LostTests : MockTests
{
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(50);

    private protected LostTests(MockLibrary mock)
        : base(mock) =>
        Mock.SetClosesPending(true);

    private CallOptions Briefly => new(Limit, s_short);

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
    public async Task Every_call_on_a_process_ends_when_its_time_has_passed()
    {
        // Those of vmcompute end when they return.
        Assert.SkipWhen(IsFirst, "vmcompute has no such call");
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
        Assert.SkipWhen(IsFirst, "the list of vmcompute comes with the answer");
        Mock.SetFault("HcsEnumerateComputeSystems", MockFault.Lost);
        await RefusedAsync(
            HResult.OperationTimeout, Service.GetContainersAsync(new ComputeSystemQuery(), Briefly).Within());
        await UntilAsync(() => Mock.Alive(MockKind.Operation) == 0);
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
    public async Task An_operation_that_is_waited_for_in_slices_ends_with_its_handle()
    {
        Assert.SkipWhen(IsFirst, "vmcompute has no operations");
        const int CallbackAlreadySet = unchecked((int)0x80370119);
        IContainer container = await CreateAsync();
        Mock.SetFault("HcsStartComputeSystem", MockFault.Call, CallbackAlreadySet);
        Mock.SetFault("HcsStartComputeSystem", MockFault.Lost, nth: 2);
        await RefusedAsync(HResult.OperationTimeout, container.StartAsync(Briefly).Within());
        container.Close();
        Mock.ExitSystem(container.Id, "ForcedExit", 0);
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

public sealed class ComputeCoreLostTests() : LostTests(MockLibrary.ComputeCore);

public sealed class VmComputeLostTests() : LostTests(MockLibrary.VmCompute);
