using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Native.Tests.Mocks;
using Xunit;

namespace HcsPowerShell.Native.Tests.Adapters;

/// <summary>
/// Tests that a handle stays dead once it was told that the service has gone, whatever answers behind it.
/// </summary>
public abstract class DisconnectTests(MockLibrary mock) : MockTests(mock)
{
    public static TheoryData<int> CodesOfACallThatFailed =>
        [HResult.RpcServerUnavailable, HResult.RpcCallFailed, HResult.RpcCallNotMade];

    private uint ServiceDisconnect => IsFirst ? 0x01000000u : 0x02000000u;

    [Theory]
    [InlineData(nameof(IContainer.StartAsync), "HcsStartComputeSystem")]
    [InlineData(nameof(IContainer.PauseAsync), "HcsPauseComputeSystem")]
    [InlineData(nameof(IContainer.ResumeAsync), "HcsResumeComputeSystem")]
    public async Task A_call_begun_after_it_is_refused_and_does_not_reach_the_dead_handle(string method, string function)
    {
        IContainer container = await CreateAsync();
        await container.StartAsync(Limit);
        int before = Mock.Calls(function);
        Mock.Emit(ServiceDisconnect, threads: 1, count: 1, data: null);
        await RefusedAsync(HResult.ServiceDisconnect, container.Exited.Within());
        Task call = method switch
        {
            nameof(IContainer.StartAsync) => container.StartAsync(Limit),
            nameof(IContainer.PauseAsync) => container.PauseAsync(Limit),
            _ => container.ResumeAsync(Limit),
        };
        await RefusedAsync(HResult.ServiceDisconnect, call.Within(what: method));
        Assert.Equal(before, Mock.Calls(function));
        container.Close();
        Mock.ExitSystem(container.Id, "ForcedExit", 0);
    }

    [Theory]
    [MemberData(nameof(CodesOfACallThatFailed))]
    public async Task A_call_that_fails_before_it_is_told_fails_for_the_same_reason(int code)
    {
        // The call waits 100 ms to be told: a busy machine is late now and then, wrong code is late each time.
        HcsException? failure = null;
        for (int left = 3; left > 0 && failure?.Is(HResult.ServiceDisconnect) != true; left--)
        {
            IContainer container = await CreateStartedAsync();
            Mock.SetFault("HcsGetComputeSystemProperties", MockFault.Call, code);
            Task failing = container.GetPropertiesAsync(new PropertyQuery(), Limit);
            Mock.Emit(ServiceDisconnect, threads: 1, count: 1, data: null);
            failure = await Assert.ThrowsAsync<HcsException>(() => failing.Within());
            await RefusedAsync(HResult.ServiceDisconnect, container.Exited.Within());
            container.Close();
            Mock.ExitSystem(container.Id, "ForcedExit", 0);
        }

        Assert.True(failure!.Is(HResult.ServiceDisconnect), failure.Message);
    }

    [Theory]
    [MemberData(nameof(CodesOfACallThatFailed))]
    public async Task A_call_that_does_not_reach_a_service_that_is_there_fails_with_its_own_code(int code)
    {
        IContainer container = await CreateStartedAsync();
        Mock.SetFault("HcsGetComputeSystemProperties", MockFault.Call, code);
        await RefusedAsync(code, container.GetPropertiesAsync(new PropertyQuery(), Limit).Within());
        await EndAsync(container);
    }
}
