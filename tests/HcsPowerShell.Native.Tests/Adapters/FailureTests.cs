using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Native.Tests.Mocks;
using Xunit;

namespace HcsPowerShell.Native.Tests.Adapters;

/// <summary>Tests of both libraries when the service refuses a call, fails late, or does not answer.</summary>
public abstract class FailureTests(MockLibrary mock) : MockTests(mock)
{
    private const int Odd = unchecked((int)0xC0370109);
    private const string Document = """{"Error":-1070137079,"ErrorMessage":"größer"}""";

    [Theory]
    [InlineData(unchecked((int)0xC0370105))]
    [InlineData(unchecked((int)0x80370105))]
    [InlineData(unchecked((int)0x80070005))]
    [InlineData(unchecked((int)0x8000FFFF))]
    public async Task A_refusal_keeps_its_code_to_the_bit_and_its_document(int hresult)
    {
        IContainer container = await CreateAsync();
        Mock.SetFault("HcsStartComputeSystem", MockFault.Call, hresult, document: Document);
        HcsException refusal = await RefusedAsync(hresult, container.StartAsync(Limit));
        Assert.Equal(hresult, refusal.HResult);
        Assert.Equal("HcsStartComputeSystem", refusal.Function);
        Assert.Equal(container.Id, refusal.SystemId);
        Assert.Equal(Document, refusal.ResultDocument);
        await EndAsync(container);
    }

    [Fact]
    public async Task A_late_failure_keeps_its_code_and_its_document()
    {
        IContainer container = await CreateAsync();
        Mock.SetFault("HcsStartComputeSystem", MockFault.Completion, Odd, delay: 20, document: Document);
        HcsException failure = await RefusedAsync(Odd, container.StartAsync(Limit));
        Assert.Equal(Odd, failure.HResult);
        Assert.Equal(Document, failure.ResultDocument);
        await EndAsync(container);
    }

    [Fact]
    public async Task A_creation_that_is_refused_leaves_nothing()
    {
        Mock.SetFault("HcsCreateComputeSystem", MockFault.Call, Odd, document: Document);
        HcsException refusal = await RefusedAsync(Odd, CreateAsync());
        Assert.Equal(Document, refusal.ResultDocument);
        Assert.Equal(0, Mock.Systems);
    }

    [Fact]
    public async Task A_creation_that_fails_late_is_terminated_and_closed()
    {
        Mock.SetFault("HcsCreateComputeSystem", MockFault.Completion, Odd, delay: 10);
        await RefusedAsync(Odd, CreateAsync());
        Assert.Equal(1, Mock.Calls("HcsTerminateComputeSystem"));
        await UntilAsync(() => Mock.Systems == 0);
    }

    [Fact]
    public async Task A_creation_without_events_is_terminated_and_closed()
    {
        Mock.SetFault(IsFirst ? "HcsRegisterComputeSystemCallback" : "HcsSetComputeSystemCallback", MockFault.Call, Odd);
        await RefusedAsync(Odd, CreateAsync());
        Assert.Equal(1, Mock.Calls("HcsTerminateComputeSystem"));
        await UntilAsync(() => Mock.Systems == 0);
    }

    [Fact]
    public async Task A_process_without_events_is_killed_and_closed()
    {
        IContainer container = await CreateStartedAsync();
        Mock.SetFault(IsFirst ? "HcsRegisterProcessCallback" : "HcsSetProcessCallback", MockFault.Call, Odd);
        await RefusedAsync(Odd, container.CreateProcessAsync(WithPipes("sleep 60000"), Limit));
        Assert.Equal(1, Mock.Calls("HcsTerminateProcess"));
        await EndAsync(container);
    }

    [Fact]
    public async Task An_opening_without_events_is_closed_and_ends_nothing()
    {
        IContainer container = await CreateStartedAsync();
        Mock.SetFault(IsFirst ? "HcsRegisterComputeSystemCallback" : "HcsSetComputeSystemCallback", MockFault.Call, Odd);
        await RefusedAsync(Odd, Service.OpenContainerAsync(container.Id, Limit));
        Assert.Equal(1, Mock.Alive(MockKind.System));
        Assert.Equal(1, Mock.Systems);
        await EndAsync(container);
    }

    [Fact]
    public async Task Disconnection_fails_every_wait_and_reports_no_exit()
    {
        IContainer container = await CreateStartedAsync();
        IProcess process = await container.CreateProcessAsync(Run("sleep 60000"), Limit);
        Mock.SetFault("HcsPauseComputeSystem", MockFault.Lost);
        Task pause = container.PauseAsync(Limit);
        await UntilAsync(() => Mock.Calls("HcsPauseComputeSystem") == 1);
        Task<SystemExitStatus> exit = container.Exited;
        Task<ProcessStatus> processExit = process.Exited;
        Mock.Disconnect();
        await RefusedAsync(HResult.ServiceDisconnect, pause.Within());
        await RefusedAsync(HResult.ServiceDisconnect, exit.Within());
        await RefusedAsync(HResult.ServiceDisconnect, processExit.Within());
        await RefusedAsync(HResult.ServiceDisconnect, container.Exited.Within());
        process.Close();
        container.Close();
    }

    [Fact]
    public async Task After_a_disconnection_the_service_can_be_used_anew()
    {
        IContainer lost = await CreateStartedAsync();
        Mock.Disconnect();
        await RefusedAsync(HResult.ServiceDisconnect, lost.Exited.Within());
        IContainer next = await CreateStartedAsync();
        lost.Close();
        await EndAsync(next);
    }

    [Fact]
    public async Task Closing_lets_a_call_go_whose_end_is_never_told()
    {
        Mock.SetClosesPending(true);
        Hurried = [ComputeOperation.Close];
        IContainer container = await CreateStartedAsync();
        Mock.SetFault("HcsPauseComputeSystem", MockFault.Lost);
        Task pause = container.PauseAsync(Limit);
        await UntilAsync(() => Mock.Calls("HcsPauseComputeSystem") == 1);
        container.Close();
        await RefusedAsync(HResult.InvalidHandle, pause.Within());
        Mock.ExitSystem(container.Id, "ForcedExit", 0);
    }

    [Theory]
    [InlineData(unchecked((int)0xC0370110))]
    [InlineData(unchecked((int)0x80370110))]
    [InlineData(unchecked((int)0xC037010E))]
    public async Task Ending_takes_already_ended_for_success(int hresult)
    {
        IContainer container = await CreateStartedAsync();
        Mock.SetFault("HcsTerminateComputeSystem", MockFault.Call, hresult);
        Mock.SetFault(IsFirst ? "HcsShutdownComputeSystem" : "HcsShutDownComputeSystem", MockFault.Call, hresult);
        await container.TerminateAsync(Limit);
        await container.ShutdownAsync(Limit);
        await EndAsync(container);
    }

    [Fact]
    public async Task Ending_tells_every_other_refusal()
    {
        const int ExportMissing = unchecked((int)0x8007007F);
        IContainer container = await CreateStartedAsync();
        Mock.SetFault("HcsTerminateComputeSystem", MockFault.Call, ExportMissing);
        await RefusedAsync(ExportMissing, container.TerminateAsync(Limit));
        await EndAsync(container);
    }
}
