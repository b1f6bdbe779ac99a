using System;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.ComputeNetwork;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Native.Tests.Mocks;
using Xunit;

namespace HcsPowerShell.Native.Tests.Adapters;

/// <summary>Base class for tests of the networks of Windows. Handles and strings are balanced at the end of each.</summary>
public abstract class NetworkTests : IDisposable
{
    private readonly MockSession _session = new();
    private readonly CancellationTokenSource _limit =
        CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    protected NetworkTests() => _limit.CancelAfter(Waits.Limit);

    protected static MockLibrary Mock => MockLibrary.VmCompute;

    protected INetworkService Networks { get; } = new ComputeNetworkService();

    protected CallOptions Limit => new(_limit.Token, Waits.Limit);

    public void Dispose()
    {
        _limit.Dispose();

        // A test need not delete what it makes.
        Assert.True(Mock.WaitIdle((int)Waits.Limit.TotalMilliseconds));
        Mock.ForgetNetworks();
        _session.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static void Plan(string function, MockFault kind, int hresult = 0, string? document = null, int nth = 1) =>
        Mock.SetFault(function, kind, hresult, document: document, nth: nth);

    protected static async Task<HcsException> RefusedAsync(int hresult, Func<Task> call)
    {
        HcsException refusal = await Assert.ThrowsAsync<HcsException>(() => call().Within());
        Assert.Equal($"0x{hresult:X8}", $"0x{refusal.HResult:X8}");
        return refusal;
    }

    protected Task<HostComputeNetwork> CreateNetworkAsync(Guid? id = null) => Networks.CreateAsync(
        id ?? Guid.NewGuid(), new HostComputeNetwork { Name = "net-" + Guid.NewGuid() }, Limit);

    protected async Task<HostComputeEndpoint> CreateEndpointAsync() => await Networks.CreateAsync(
        Guid.NewGuid(), new HostComputeEndpoint { HostComputeNetwork = (await CreateNetworkAsync()).Id }, Limit);

    protected Task<T> ReadAsync<T>(T made)
        where T : HostComputeObject => Networks.GetAsync<T>(made.Guid, isDetailed: false, Limit);

    protected async Task<int> CountAsync<T>()
        where T : HostComputeObject => (await Networks.FindAsync<T>(null, Limit)).Count;
}
