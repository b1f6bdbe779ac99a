using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Native.Tests.Mocks;
using Xunit;

namespace HcsPowerShell.Native.Tests.Adapters;

public sealed class ComputeCoreFailureTests() : FailureTests(MockLibrary.ComputeCore);

public sealed class ComputeCoreCancellationTests() : CancellationTests(MockLibrary.ComputeCore);

public sealed class ComputeCoreDisconnectTests() : DisconnectTests(MockLibrary.ComputeCore);

public sealed class ComputeCoreExitTests() : ExitTests(MockLibrary.ComputeCore);

public sealed class ComputeCoreProcessTests() : ProcessTests(MockLibrary.ComputeCore);

/// <summary>Tests that apply to operations only.</summary>
public sealed class OperationTests() : MockTests(MockLibrary.ComputeCore)
{
    private const int CallbackAlreadySet = unchecked((int)0x80370119);
    private const int OutOfMemory = unchecked((int)0x8007000E);

    [Fact]
    public async Task An_operation_that_may_have_no_callback_is_waited_for()
    {
        IContainer container = await CreateAsync();
        Mock.SetFault("HcsStartComputeSystem", MockFault.Call, CallbackAlreadySet);
        Mock.SetFault("HcsStartComputeSystem", MockFault.None, delay: 600, nth: 2);
        await container.StartAsync(Limit);
        Assert.Equal(2, Mock.Calls("HcsStartComputeSystem"));
        await RefusedAsync(HResult.InvalidState, container.StartAsync(Limit));
        await EndAsync(container);
    }

    [Fact]
    public async Task No_operation_is_an_error_of_its_own()
    {
        IContainer container = await CreateAsync();
        Mock.SetFault("HcsCreateOperation", MockFault.Call);
        await RefusedAsync(OutOfMemory, container.StartAsync(Limit));
        await EndAsync(container);
    }

    [Fact]
    public async Task A_process_that_started_in_spite_of_the_answer_is_recovered()
    {
        IContainer container = await CreateStartedAsync();
        Mock.SetFault("HcsCreateProcess", MockFault.Completion, HResult.InvalidArgument);
        IProcess process = await container.CreateProcessAsync(WithPipes("exit 5"), Limit);
        Assert.Equal(1, Mock.Calls("HcsGetProcessInfo"));
        Assert.Equal(5u, (await process.Exited.Within()).ExitCode);
        process.Close();
        await EndAsync(container);
    }

    [Fact]
    public async Task A_recovery_that_fails_leaves_the_first_error()
    {
        IContainer container = await CreateStartedAsync();
        Mock.SetFault("HcsCreateProcess", MockFault.Completion, HResult.InvalidArgument);
        Mock.SetFault("HcsGetProcessInfo", MockFault.Completion, HResult.ElementNotFound);
        HcsException refusal =
            await RefusedAsync(HResult.InvalidArgument, container.CreateProcessAsync(Run("exit 5"), Limit));
        Assert.Equal("HcsCreateProcess", refusal.Function);
        await EndAsync(container);
    }

    [Fact]
    public async Task Nothing_is_recovered_after_a_success()
    {
        IContainer container = await CreateStartedAsync();
        IProcess process = await container.CreateProcessAsync(Run("exit 0"), Limit);
        Assert.Equal(0, Mock.Calls("HcsGetProcessInfo"));
        process.Close();
        await EndAsync(container);
    }

    [Fact]
    public async Task Schema_versions_are_those_of_the_service() =>
        Assert.Equal(["1.0", "2.5"], (await Service.GetPropertiesAsync(Limit)).SchemaVersions);
}
