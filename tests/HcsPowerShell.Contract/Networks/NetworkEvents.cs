using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Contract.Networks;

public abstract partial class NetworkContract
{
    [Fact]
    public async Task Changes_are_told_in_order()
    {
        var told = new ConcurrentQueue<NetworkEvent>();
        Networks.EventReceived += told.Enqueue;
        try
        {
            (HostComputeNamespace space, HostComputeEndpoint endpoint) = await CreateJoinedAsync();
            await ModifyAsync(space, Resource("Remove", endpoint));
            await DeleteAsync(endpoint);
            await DeleteAsync(space);
            Guid network = Guid.Parse(endpoint.HostComputeNetwork!);
            await Networks.DeleteAsync<HostComputeNetwork>(network, Limit).Within();
            (NetworkEventType Type, Guid Id)[] expected =
            [
                (NetworkEventType.NetworkCreated, network),
                (NetworkEventType.NamespaceCreated, IdOf(space)),
                (NetworkEventType.EndpointAttached, IdOf(endpoint)),
                (NetworkEventType.EndpointDetached, IdOf(endpoint)),
                (NetworkEventType.NamespaceDeleted, IdOf(space)),
                (NetworkEventType.NetworkDeleted, network),
            ];

            // Other programs may change networks too.
            Guid[] own = [network, IdOf(space), IdOf(endpoint)];
            await Waits.Until(() => Own().Length >= expected.Length, what: "every event");
            Assert.Equal(expected.Select(change => change.Type), Own().Select(change => change.Type));
            Assert.All(
                Own().Zip(expected),
                change => Assert.True(change.First.ObjectId is null || change.First.ObjectId == change.Second.Id));

            NetworkEvent[] Own() => [.. told.Where(change => change.ObjectId is not { } id || own.Contains(id))];
        }
        finally
        {
            Networks.EventReceived -= told.Enqueue;
        }
    }

    [Fact]
    public async Task A_handler_that_is_removed_is_told_nothing_and_another_is_told()
    {
        var removed = new ConcurrentQueue<NetworkEvent>();
        var kept = new ConcurrentQueue<NetworkEvent>();
        Networks.EventReceived += removed.Enqueue;
        Networks.EventReceived += kept.Enqueue;
        Networks.EventReceived -= removed.Enqueue;
        try
        {
            await CreateNetworkAsync();
            await Waits.Until(() => !kept.IsEmpty, what: "the event of the network");
            Assert.Empty(removed);
        }
        finally
        {
            Networks.EventReceived -= kept.Enqueue;
        }
    }

    [Fact]
    public async Task A_handler_makes_calls_and_removes_itself()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Networks.EventReceived += Handle;
        await CreateNetworkAsync();
        await done.Task.Within(what: "the handler");

        void Handle(NetworkEvent change)
        {
            _ = FindAsync<HostComputeNetwork>();
            Task.Run(() => Networks.EventReceived -= Handle).ContinueWith(_ => done.TrySetResult());
        }
    }
}
