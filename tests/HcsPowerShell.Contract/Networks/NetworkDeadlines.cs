using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Contract.Networks;

/// <summary>
/// Tests each operation on a host that does not answer: the caller returns at once while the call is still at work, and
/// what it has created by then is deleted again.
/// </summary>
public abstract partial class NetworkContract
{
    // The first deadline lets the call reach the host of an idle machine; it is doubled where it does not.
    private static readonly TimeSpan s_deadline = TimeSpan.FromMilliseconds(100);

    public static TheoryData<ComputeOperation> NetworkOperations =>
    [
        .. Enum.GetValues<ComputeOperation>().Where(operation => operation.IsOnNetworks()),
    ];

    [Theory]
    [MemberData(nameof(NetworkOperations))]
    public async Task A_caller_who_is_cancelled_is_let_go_and_the_call_is_undone(ComputeOperation operation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_limit.Token);
        Assert.True(await LetGoAsync(operation, new CallOptions(stop.Token, Waits.Limit), async (call, held) =>
        {
            await Waits.Until(() => held.AtWork != 0, what: operation + " has begun");
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.Within());
        }));
    }

    [Theory]
    [MemberData(nameof(NetworkOperations))]
    public async Task A_caller_whose_time_has_passed_is_let_go_and_the_call_is_undone(ComputeOperation operation)
    {
        TimeSpan deadline = s_deadline;
        while (!await LetGoAsync(operation, new CallOptions(_limit.Token, deadline), async (call, held) =>
        {
            HcsException late = await Assert.ThrowsAsync<HcsException>(() => call.Within());
            Assert.Equal(HResult.OperationTimeout, late.HResult);
            Assert.Equal(operation.Function(), late.Function);
        }))
        {
            deadline += deadline;
        }
    }

    [Theory]
    [MemberData(nameof(NetworkOperations))]
    public async Task A_caller_who_is_cancelled_from_the_start_makes_no_call(ComputeOperation operation)
    {
        NetworkCall call = await PrepareAsync(operation);
        using IHeldCalls held = HoldUp(operation);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.Make(new CancellationToken(canceled: true)).Within());
        Assert.Equal(0, held.AtWork);
    }

    /// <summary>Makes a call that is held up. False when it had not reached the host before its caller was let go.</summary>
    private async Task<bool> LetGoAsync(
        ComputeOperation operation, CallOptions options, Func<Task, IHeldCalls, Task> waiting)
    {
        NetworkCall call = await PrepareAsync(operation);
        if (Immediate.Contains(operation))
        {
            await call.Make(new CallOptions(_limit.Token, TimeSpan.Zero)).Within();
            return true;
        }

        IHeldCalls held = HoldUp(operation);
        try
        {
            var time = Stopwatch.StartNew();
            Task made = call.Make(options);
            await waiting(made, held);
            Assert.InRange(time.Elapsed, TimeSpan.Zero, Waits.Limit);
            if (held.AtWork == 0)
            {
                return false;
            }
        }
        finally
        {
            held.Dispose();
        }

        await Waits.Until(() => held.AtWork == 0 && held.AreUndone, what: operation + " has been undone");
        await call.After();
        return true;
    }

    /// <summary>Prepares everything that a call of the operation needs, without making the call.</summary>
    private async Task<NetworkCall> PrepareAsync(ComputeOperation operation) => operation switch
    {
        ComputeOperation.EnumerateNetworks => Call(options => Networks.FindAsync<HostComputeNetwork>(null, options)),
        ComputeOperation.EnumerateEndpoints => Call(options => Networks.FindAsync<HostComputeEndpoint>(null, options)),
        ComputeOperation.EnumerateNamespaces => Call(options => Networks.FindAsync<HostComputeNamespace>(null, options)),
        ComputeOperation.QueryNetwork => Query(await CreateNetworkAsync()),
        ComputeOperation.QueryEndpoint => Query(await CreateEndpointAsync()),
        ComputeOperation.QueryNamespace => Query(await CreateAsync(NamespaceOf())),
        ComputeOperation.CreateNetwork => Creation(NetworkOf(NewPrefix())),
        ComputeOperation.CreateEndpoint => Creation(EndpointOf(await CreateNetworkAsync())),
        ComputeOperation.CreateNamespace => Creation(NamespaceOf()),
        ComputeOperation.ModifyNetwork => Change(await CreateNetworkAsync(), new ModifyNetworkSettingRequest
        {
            ResourceType = "Policy", RequestType = "Add", Settings = new RawJson("""{"Policies":[]}"""),
        }),
        ComputeOperation.ModifyEndpoint => Change(await CreateEndpointAsync(), PolicyOf("Add", Mapping(NewPort()))),
        ComputeOperation.ModifyNamespace =>
            Change(await CreateAsync(NamespaceOf()), Resource("Add", await CreateEndpointAsync())),
        ComputeOperation.DeleteNetwork => Deletion(await CreateNetworkAsync()),
        ComputeOperation.DeleteEndpoint => Deletion(await CreateEndpointAsync()),
        ComputeOperation.DeleteNamespace => Deletion(await CreateAsync(NamespaceOf())),
        ComputeOperation.EndpointStatistics => await PrepareCountersAsync(),
        ComputeOperation.NetworkVersion => Call(Networks.GetVersionAsync),
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };

    private async Task<HostComputeEndpoint> CreateEndpointAsync() => await CreateAsync(EndpointOf(await CreateNetworkAsync()));

    private async Task<NetworkCall> PrepareCountersAsync()
    {
        Guid endpoint = IdOf(await CreateEndpointAsync());
        return Call(options => Networks.GetStatisticsAsync(endpoint, options));
    }

    private static NetworkCall Call(Func<CallOptions, Task> make) => new(make, () => Task.CompletedTask);

    private NetworkCall Query<T>(T made)
        where T : HostComputeObject => Call(options => Networks.GetAsync<T>(IdOf(made), isDetailed: false, options));

    private NetworkCall Change<T>(T made, ModifyNetworkSettingRequest request)
        where T : HostComputeObject => Call(options => Networks.ModifyAsync<T>(IdOf(made), request, options));

    private NetworkCall Creation<T>(T document)
        where T : HostComputeObject
    {
        var id = Guid.NewGuid();
        return new NetworkCall(
            options => Networks.CreateAsync(id, document, options),
            () => Waits.Until(async () => !(await FindAsync<T>()).Contains(id), what: "what was created late is deleted"));
    }

    private NetworkCall Deletion<T>(T made)
        where T : HostComputeObject => new(
            options => Networks.DeleteAsync<T>(IdOf(made), options),
            () => Waits.Until(async () => !(await FindAsync<T>()).Contains(IdOf(made)), what: "it is deleted all the same"));

    private sealed record NetworkCall(Func<CallOptions, Task> Make, Func<Task> After);
}
