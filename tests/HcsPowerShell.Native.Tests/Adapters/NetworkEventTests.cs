using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.ComputeNetwork;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Lifecycle;
using HcsPowerShell.Native.Tests.Mocks;
using Xunit;

namespace HcsPowerShell.Native.Tests.Adapters;

/// <summary>Tests of the notifications of computenetwork.</summary>
public sealed class NetworkEventTests : NetworkTests
{
    private readonly ConcurrentQueue<NetworkEvent> _told = new();

    public static TheoryData<NetworkEventType> Types => [.. Enum.GetValues<NetworkEventType>()];

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Each_type_is_told_by_its_number(NetworkEventType type)
    {
        var id = Guid.NewGuid();
        DateTimeOffset before = DateTimeOffset.UtcNow;
        NetworkEvent told = await ToldAsync((uint)type, $$"""{"ID":"{{id}}"}""");
        Assert.Equal(type, told.Type);
        Assert.Equal(id, told.ObjectId);
        Assert.Equal($$"""{"ID":"{{id}}"}""", told.Document);
        Assert.InRange(told.Timestamp, before, DateTimeOffset.UtcNow);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{ no")]
    [InlineData("[]")]
    [InlineData("""{"ID":7}""")]
    [InlineData("""{"ID":"nat"}""")]
    public async Task Data_of_another_form_names_no_object(string? data)
    {
        NetworkEvent told = await ToldAsync((uint)NetworkEventType.NetworkCreated, data);
        Assert.Null(told.ObjectId);
        Assert.Equal(data, told.Document);
    }

    [Theory]
    [InlineData(1u)]
    [InlineData(3u)]
    [InlineData(7u)]
    [InlineData(0x12u)]
    [InlineData(0xF0000000u)]
    public async Task Other_types_are_dropped(uint type)
    {
        Networks.EventReceived += _told.Enqueue;
        Mock.Emit(type, threads: 1, count: 1, data: "{}");
        Assert.True(Mock.WaitIdle((int)Waits.Limit.TotalMilliseconds));
        Mock.Emit((uint)NetworkEventType.NetworkDeleted, threads: 1, count: 1, data: "{}");
        await Waits.Until(() => !_told.IsEmpty, what: "the second event");
        Networks.EventReceived -= _told.Enqueue;
        Assert.Equal(NetworkEventType.NetworkDeleted, Assert.Single(_told).Type);
    }

    [Fact]
    public async Task Events_from_many_threads_are_told_one_at_a_time()
    {
        int running = 0, together = 0, count = 0;
        Networks.EventReceived += Handle;
        Mock.Emit((uint)NetworkEventType.EndpointAttached, threads: 8, count: 100, data: "{}");
        await Waits.Until(() => Volatile.Read(ref count) == 800, what: "every event");
        Networks.EventReceived -= Handle;
        Assert.Equal(0, together);

        void Handle(NetworkEvent change)
        {
            together += Interlocked.Increment(ref running) - 1;
            Interlocked.Decrement(ref running);
            Interlocked.Increment(ref count);
        }
    }

    [Fact]
    public async Task A_handler_that_fails_is_told_the_next_event_too()
    {
        Networks.EventReceived += Handle;
        Mock.Emit((uint)NetworkEventType.NetworkCreated, threads: 1, count: 2, data: "{}");
        await Waits.Until(() => _told.Count == 2, what: "both events");
        Networks.EventReceived -= Handle;

        void Handle(NetworkEvent change)
        {
            _told.Enqueue(change);
            throw new InvalidOperationException();
        }
    }

    [Fact]
    public async Task A_handler_that_removes_itself_lets_the_callback_end()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Networks.EventReceived += Handle;
        Mock.Emit((uint)NetworkEventType.NetworkCreated, threads: 1, count: 1, data: "{}");
        await done.Task.Within();
        await Waits.Until(() => Mock.Alive(MockKind.Callback) == 0, what: "the callback is unregistered");

        void Handle(NetworkEvent change)
        {
            Networks.EventReceived -= Handle;
            done.TrySetResult();
        }
    }

    [Fact]
    public async Task Handlers_share_one_callback()
    {
        Action<NetworkEvent>[] handlers = [.. Enumerable.Range(0, 3).Select(i => (Action<NetworkEvent>)(change => _told.Enqueue(change with { Document = i.ToString(null as IFormatProvider) })))];
        foreach (Action<NetworkEvent> handler in handlers)
        {
            Networks.EventReceived += handler;
        }

        Assert.Equal(1, Mock.Calls("HcnRegisterServiceCallback"));
        Networks.EventReceived -= handlers[0];
        Assert.Equal(0, Mock.Calls("HcnUnregisterServiceCallback"));
        Mock.Emit((uint)NetworkEventType.NetworkCreated, threads: 1, count: 1, data: null);
        await Waits.Until(() => _told.Count == 2, what: "two events");
        Networks.EventReceived -= handlers[1];
        Networks.EventReceived -= handlers[2];
        await Waits.Until(() => Mock.Alive(MockKind.Callback) == 0, what: "the callback is unregistered");
        Networks.EventReceived += handlers[0];
        Assert.Equal(2, Mock.Calls("HcnRegisterServiceCallback"));
        Networks.EventReceived -= handlers[0];
    }

    [Fact]
    public void A_subscription_that_is_refused_is_told_and_may_be_tried_again()
    {
        Plan("HcnRegisterServiceCallback", MockFault.Call, HResult.AccessDenied);
        HcsException refusal = Assert.Throws<HcsException>(() => Networks.EventReceived += _told.Enqueue);
        Assert.Equal(HResult.AccessDenied, refusal.HResult);
        Assert.Equal("HcnRegisterServiceCallback", refusal.Function);
        Networks.EventReceived += _told.Enqueue;
        Networks.EventReceived -= _told.Enqueue;
    }

    [Fact]
    public async Task A_service_that_does_not_answer_holds_no_handler_up()
    {
        Mock.Hold("HcnRegisterServiceCallback");
        NetworkSubscription late = new(_told.Enqueue);
        HcsException refusal = Assert.Throws<HcsException>(
            () => late.Begin(new Lifetime(), TimeSpan.FromMilliseconds(50)));
        Assert.Equal(HResult.OperationTimeout, refusal.HResult);
        await Waits.Until(() => Mock.Waiting("HcnRegisterServiceCallback") == 1, what: "the call has begun");
        Mock.Hold("HcnRegisterServiceCallback", on: false);
        await Waits.Until(() => Mock.Calls("HcnUnregisterServiceCallback") == 1, what: "the late callback is unregistered");

        Networks.EventReceived += _told.Enqueue;
        Mock.Hold("HcnUnregisterServiceCallback");
        Networks.EventReceived -= _told.Enqueue;
        Mock.Emit((uint)NetworkEventType.NetworkCreated, threads: 1, count: 1, data: null);
        Mock.Hold("HcnUnregisterServiceCallback", on: false);
        await Waits.Until(() => Mock.Alive(MockKind.Callback) == 0, what: "the callback is unregistered");
        Assert.Empty(_told);
    }

    [Fact]
    public async Task A_subscription_that_ends_late_tells_nobody()
    {
        Networks.EventReceived += _told.Enqueue;
        Mock.Hold("HcnUnregisterServiceCallback");
        Networks.EventReceived -= _told.Enqueue;
        Networks.EventReceived += _told.Enqueue;
        await Waits.Until(() => Mock.Alive(MockKind.Callback) == 2, what: "two callbacks");
        Mock.Emit((uint)NetworkEventType.NetworkCreated, threads: 1, count: 1, data: null);
        Assert.True(Mock.WaitIdle((int)Waits.Limit.TotalMilliseconds));
        Mock.Emit((uint)NetworkEventType.NetworkDeleted, threads: 1, count: 1, data: null);
        await Waits.Until(() => _told.Any(change => change.Type == NetworkEventType.NetworkDeleted), what: "the second event");
        Mock.Hold("HcnUnregisterServiceCallback", on: false);
        Networks.EventReceived -= _told.Enqueue;
        Assert.Single(_told, change => change.Type == NetworkEventType.NetworkCreated);
    }

    [Fact]
    public async Task A_change_that_has_failed_is_not_told_and_the_end_of_the_service_is()
    {
        NetworkSubscription subscription = new(_told.Enqueue);
        foreach (int type in Enum.GetValues<NetworkEventType>().Select(type => (int)type))
        {
            subscription.OnNotification((Interop.Native.ComputeNetwork.HCN_NOTIFICATIONS)type, HResult.Unspecified, null);
        }

        await Waits.Until(() => !_told.IsEmpty, what: "the event");
        Assert.Equal(NetworkEventType.ServiceDisconnected, Assert.Single(_told).Type);
    }

    [Fact]
    public async Task The_end_of_the_service_is_told()
    {
        Networks.EventReceived += _told.Enqueue;
        Mock.Disconnect();
        await Waits.Until(() => !_told.IsEmpty, what: "the event");
        Networks.EventReceived -= _told.Enqueue;
        Assert.Equal(NetworkEventType.ServiceDisconnected, Assert.Single(_told).Type);
    }

    private async Task<NetworkEvent> ToldAsync(uint type, string? data)
    {
        Networks.EventReceived += _told.Enqueue;
        Mock.Emit(type, threads: 1, count: 1, data);
        await Waits.Until(() => !_told.IsEmpty, what: "the event");
        Networks.EventReceived -= _told.Enqueue;
        return Assert.Single(_told);
    }
}
