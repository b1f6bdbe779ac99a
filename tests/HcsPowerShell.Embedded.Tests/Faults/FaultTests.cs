using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Faults;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Faults;

/// <summary>Tests that every operation of the port honors every kind of fault.</summary>
public sealed class FaultTests
{
    // A delay that never passes within a test.
    private const double Long = 100000;

    public static TheoryData<ComputeOperation> Every => [.. Enum.GetValues<ComputeOperation>()];

    public static TheoryData<ComputeOperation> EveryCall => [.. Enum.GetValues<ComputeOperation>().Except(
        [ComputeOperation.Wait, ComputeOperation.ProcessWait, ComputeOperation.Close, ComputeOperation.ProcessClose])];

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Without_a_fault_the_call_comes_through(ComputeOperation operation)
    {
        var host = new DisturbedHost();
        await host.Call(operation);
        Assert.Equal(operation is ComputeOperation.Wait or ComputeOperation.ProcessWait ? [] : [operation.ToString()], host.Calls);
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task A_call_is_refused_with_the_code_and_a_document(ComputeOperation operation)
    {
        var host = new DisturbedHost(new FaultRule { Operation = operation, HResult = "ERROR_VMCOMPUTE_INVALID_STATE" });
        HcsException failure = await Assert.ThrowsAsync<HcsException>(() => host.Call(operation));
        Assert.Equal(unchecked((int)0xC0370105), failure.HResult);
        ResultError document = HcsJson.Read<ResultError>(failure.ResultDocument!);
        Assert.Equal(failure.HResult, document.Error);
        Assert.Contains("rule 0", document.ErrorMessage, StringComparison.Ordinal);

        // As in HCS, a handle is closed even if the call fails.
        Assert.Equal(operation is ComputeOperation.Close or ComputeOperation.ProcessClose ? [operation.ToString()] : [], host.Calls);
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task The_nth_call_is_meant_and_no_other(ComputeOperation operation)
    {
        var host = new DisturbedHost(new FaultRule { Operation = operation, Nth = 2, HResult = "0x80070005" });
        await host.Call(operation, 0);
        HcsException failure = await Assert.ThrowsAsync<HcsException>(() => host.Call(operation, 1));
        Assert.Equal(HResult.AccessDenied, failure.HResult);
        await host.Call(operation, 2);
    }

    [Theory]
    [MemberData(nameof(EveryCall))]
    public async Task A_delayed_call_is_not_made_before_its_time_and_can_be_left(ComputeOperation operation)
    {
        var host = new DisturbedHost(new FaultRule { Operation = operation, DelaySec = Long });
        using var stop = new CancellationTokenSource();
        Task call = host.CallUntil(operation, 0, stop.Token);
        Assert.False(call.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Empty(host.Calls);
    }

    [Theory]
    [MemberData(nameof(EveryCall))]
    public async Task A_delayed_or_late_call_ends_in_its_time(ComputeOperation operation)
    {
        foreach (FaultRule rule in new FaultRule[] { new() { DelaySec = 0.01 }, new() { LateNotificationSec = 0.01 } })
        {
            rule.Operation = operation;
            var host = new DisturbedHost(rule);
            await host.Call(operation);
            Assert.Equal([operation.ToString()], host.Calls);
        }
    }

    [Theory]
    [MemberData(nameof(EveryCall))]
    public async Task A_lost_or_late_completion_leaves_the_call_made_and_the_caller_waiting(ComputeOperation operation)
    {
        foreach (FaultRule rule in new FaultRule[] { new() { LostNotification = true }, new() { LateNotificationSec = Long } })
        {
            rule.Operation = operation;
            var host = new DisturbedHost(rule);
            using var stop = new CancellationTokenSource();
            Task call = host.CallUntil(operation, 0, stop.Token);
            Assert.False(call.IsCompleted);
            Assert.Equal([operation.ToString()], host.Calls);
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
            string[] undone = [operation.ToString(), .. Undone(operation)];
            await Waits.Until(() => host.Calls.SequenceEqual(undone), what: $"{operation} is undone");
        }
    }

    [Theory]
    [InlineData(ComputeOperation.Wait)]
    [InlineData(ComputeOperation.ProcessWait)]
    public async Task A_lost_exit_is_never_told_and_the_close_lets_the_waiters_go(ComputeOperation operation)
    {
        var host = new DisturbedHost(new FaultRule { Operation = operation, LostNotification = true });
        Task waiting = host.Call(operation);
        Assert.False(waiting.IsCompleted);
        await host.Call(operation == ComputeOperation.Wait ? ComputeOperation.Close : ComputeOperation.ProcessClose);
        HcsException failure = await Assert.ThrowsAsync<HcsException>(() => waiting);
        Assert.Equal(HResult.InvalidHandle, failure.HResult);
    }

    [Theory]
    [InlineData(ComputeOperation.Wait)]
    [InlineData(ComputeOperation.ProcessWait)]
    public async Task A_late_exit_is_told_in_its_time(ComputeOperation operation)
    {
        var host = new DisturbedHost(
            new FaultRule { Operation = operation, Nth = 1, LateNotificationSec = 0.01 },
            new FaultRule { Operation = operation, Nth = 2, DelaySec = 0.01 },
            new FaultRule { Operation = operation, Nth = 3, LateNotificationSec = Long });
        await host.Call(operation, 0);
        await host.Call(operation, 1);
        Assert.False(host.Call(operation, 2).IsCompleted);
    }

    [Theory]
    [InlineData(ComputeOperation.Close)]
    [InlineData(ComputeOperation.ProcessClose)]
    public async Task A_close_never_waits_it_happens_later_or_not_at_all(ComputeOperation operation)
    {
        var host = new DisturbedHost(
            new FaultRule { Operation = operation, Nth = 1, DelaySec = 0.01 },
            new FaultRule { Operation = operation, Nth = 2, LostNotification = true });
        await host.Call(operation, 1);
        await host.Call(operation, 2);
        await Waits.Until(host.Calls.Any);
        Assert.Equal([operation.ToString()], host.Calls);
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task A_disconnect_ends_every_wait_and_kills_every_handle_and_what_is_opened_later_works(ComputeOperation operation)
    {
        ComputeOperation other = operation == ComputeOperation.Pause ? ComputeOperation.Resume : ComputeOperation.Pause;
        var host = new DisturbedHost(
            new FaultRule { Operation = operation, Nth = 1, ServiceDisconnect = true },
            new FaultRule { Operation = other, LostNotification = true });
        ConcurrentQueue<ComputeSystemEventType> told = [];
        host.Containers[1].EventReceived += e => told.Enqueue(e.Type);
        Task[] waits = [host.Containers[2].Exited, host.Processes[2].Exited, host.Call(other, 2)];

        // Setting the plan again resets the counters, because the waits were counted if they are the disturbed
        // operation.
        host.Service.FaultPlan = host.Service.FaultPlan;
        await Disconnected(host.Call(operation));
        foreach (Task wait in waits)
        {
            await Disconnected(wait);
        }

        await Waits.Until(() => !told.IsEmpty, what: "the disconnect is told");
        Assert.Equal([ComputeSystemEventType.ServiceDisconnect], told);
        await Disconnected(host.Containers[1].StartAsync(TestContext.Current.CancellationToken));
        await Disconnected(host.Processes[1].KillAsync(TestContext.Current.CancellationToken));
        IContainer again = await host.Service.OpenContainerAsync("c1", TestContext.Current.CancellationToken);
        await again.StartAsync(TestContext.Current.CancellationToken);
        Assert.False(again.Exited.IsCompleted);
    }

    public static TheoryData<string, ComputeOperation> EveryMethod => new()
    {
        { nameof(ILayerService.GetPropertiesAsync), ComputeOperation.DescribeLayer },
        { nameof(ILayerService.GetChainAsync), ComputeOperation.DescribeLayer },
        { nameof(ILayerService.GetUsageAsync), ComputeOperation.DescribeLayer },
        { nameof(ILayerService.GetMountedAsync), ComputeOperation.DescribeLayer },
        { nameof(ILayerService.CreateScratchAsync), ComputeOperation.CreateLayer },
        { nameof(ILayerService.MountAsync), ComputeOperation.MountLayer },
        { nameof(ILayerService.DismountAsync), ComputeOperation.DismountLayer },
        { nameof(ILayerService.RemoveAsync), ComputeOperation.RemoveLayer },
        { nameof(ILayerService.InitializeAsync), ComputeOperation.InitializeLayer },
        { nameof(IImageService.GetImagesAsync), ComputeOperation.ListImages },
        { nameof(IImageService.ReadAsync), ComputeOperation.ReadImage },
        { nameof(IImageService.ImportAsync), ComputeOperation.ImportImage },
        { nameof(IImageService.RemoveAsync), ComputeOperation.RemoveImage },
        { nameof(IMachineService.CreateStateFileAsync), ComputeOperation.CreateStateFile },
        { nameof(IMachineService.GrantAccessAsync), ComputeOperation.GrantAccess },
        { nameof(IMachineService.RevokeAccessAsync), ComputeOperation.RevokeAccess },
        { nameof(IMachineService.GetProcessorTopologyAsync), ComputeOperation.ProcessorTopology },
        { nameof(IMachineService.GetCpuGroupsAsync), ComputeOperation.CpuGroups },
    };

    [Theory]
    [MemberData(nameof(EveryMethod))]
    public async Task Every_call_on_layers_images_and_machines_is_the_operation_of_its_row(
        string method, ComputeOperation operation)
    {
        IComputeService service = new DisturbedHost(new FaultRule { Operation = operation, HResult = "0x80070005" }).Service;
        object port = operation >= ComputeOperation.CreateStateFile ? service.Machines
            : operation >= ComputeOperation.ListImages ? service.Images
            : service.Layers;
        MethodInfo call = port.GetType().GetMethod(method)!;
        object?[] values = [.. call.GetParameters().Select(
            p => p.ParameterType.IsValueType ? Activator.CreateInstance(p.ParameterType) : null)];
        await Fails(HResult.AccessDenied, (Task)call.Invoke(port, values)!);
    }

    // The folder of the records is the module's own, and finding it no call on a layer.
    [Fact]
    public void No_call_on_layers_images_or_machines_is_without_a_row() => Assert.Equal(
        new[] { typeof(ILayerService), typeof(IImageService), typeof(IMachineService) }.SelectMany(port => port.GetMethods()).Select(m => m.Name)
            .Where(name => name != nameof(ILayerService.FindOwnFolderAsync)).Order(),
        EveryMethod.Select(row => row.Data.Item1).Order());

    [Fact]
    public async Task A_mount_that_comes_after_its_time_is_undone_and_one_that_is_not_made_is_not()
    {
        foreach ((FaultRule rule, string[] calls) in new (FaultRule, string[])[]
        {
            (new() { LateNotificationSec = Long }, ["MountLayer", "DismountLayer"]),
            (new() { DelaySec = Long }, []),
        })
        {
            rule.Operation = ComputeOperation.MountLayer;
            var host = new DisturbedHost(rule);
            await Fails(HResult.OperationTimeout, host.Service.Layers.MountAsync(
                "/layer", [], new CallOptions(CancellationToken.None, TimeSpan.FromMilliseconds(10))));
            await Waits.Until(() => host.Calls.SequenceEqual(calls), what: "the mount is undone");
        }
    }

    [Fact]
    public async Task The_first_rule_that_fits_wins_and_all_count()
    {
        var host = new DisturbedHost(
            new FaultRule { Operation = ComputeOperation.Start, Nth = 1, HResult = "0x80070005" },
            new FaultRule { Operation = ComputeOperation.Start, Nth = 2, HResult = "0x80070006" },
            new FaultRule { Operation = ComputeOperation.Start, HResult = "0x80070057" });
        List<int> codes = [];
        for (int call = 0; call < 3; call++)
        {
            codes.Add((await Assert.ThrowsAsync<HcsException>(() => host.Call(ComputeOperation.Start))).HResult);
        }

        Assert.Equal([HResult.AccessDenied, HResult.InvalidHandle, HResult.InvalidArgument], codes);
        host.Service.FaultPlan = [];
        await host.Call(ComputeOperation.Start);
    }

    [Fact]
    public async Task The_end_of_the_host_lets_those_go_who_wait_for_what_was_lost()
    {
        var host = new DisturbedHost(
            new FaultRule { Operation = ComputeOperation.Wait, LostNotification = true },
            new FaultRule { Operation = ComputeOperation.Start, LostNotification = true });
        Task waiting = host.Call(ComputeOperation.Wait);
        Task starting = host.Call(ComputeOperation.Start, 1);
        host.Service.Close();
        await Disconnected(waiting);
        await Disconnected(starting);
    }

    [Fact]
    public async Task The_end_of_the_host_comes_back_after_the_exits()
    {
        var host = new DisturbedHost();
        Task<SystemExitStatus> exited = host.Containers[0].Exited;
        host.InnerContainers[0].ExitUntold();
        host.Service.Close();
        Assert.True(exited.IsCompleted);
        Assert.Equal("GracefulExit", (await exited).ExitType);
    }

    [Fact]
    public async Task After_the_end_of_the_host_a_container_says_whether_it_has_exited()
    {
        var host = new DisturbedHost();
        host.InnerContainers[0].ExitUntold();
        host.Service.Close();
        await Fails(HResult.SystemAlreadyStopped, host.Call(ComputeOperation.CreateProcess));
        await Fails(HResult.ProcessAlreadyStopped, host.Call(ComputeOperation.Stdio));
        await Fails(HResult.ServiceDisconnect, host.Call(ComputeOperation.CreateProcess, 1));
        await Fails(HResult.ServiceDisconnect, host.Call(ComputeOperation.Stdio, 1));
    }

    [Fact]
    public void Watching_ends_with_the_handle()
    {
        var host = new DisturbedHost();
        Assert.True(host.InnerContainers[0].IsWatched);
        host.Containers[0].Close();
        Assert.False(host.InnerContainers[0].IsWatched);
    }

    [Fact]
    public async Task A_disconnect_is_told_once_whoever_watched_before()
    {
        var host = new DisturbedHost(new FaultRule { Operation = ComputeOperation.Start, ServiceDisconnect = true });
        int told = 0;
        void Watch(ComputeSystemEvent received) => Interlocked.Increment(ref told);
        for (int earlier = 0; earlier < 2; earlier++)
        {
            host.Containers[0].EventReceived += Watch;
            host.Containers[0].EventReceived -= Watch;
        }

        host.Containers[0].EventReceived += Watch;
        await Disconnected(host.Call(ComputeOperation.Start, 1));
        await Waits.Until(() => Volatile.Read(ref told) == 1, what: "the disconnect is told");
    }

    [Fact]
    public async Task A_lost_exit_is_lost_to_a_watcher_too_and_the_rest_is_not()
    {
        var host = new DisturbedHost(new FaultRule { Operation = ComputeOperation.Wait, Nth = 1, LostNotification = true });
        ConcurrentQueue<ComputeSystemEventType> told = [];
        host.Containers[0].EventReceived += e => told.Enqueue(e.Type);
        host.InnerContainers[0].Tell(ComputeSystemEventType.SystemStarted);
        Task waiting = host.Call(ComputeOperation.Wait);
        await Waits.Until(() => !told.IsEmpty, what: "the start is told");
        Assert.Equal([ComputeSystemEventType.SystemStarted], told);
        Assert.False(waiting.IsCompleted);
        await host.Call(ComputeOperation.Wait, 1);
    }

    private static IEnumerable<string> Undone(ComputeOperation operation) => operation switch
    {
        ComputeOperation.Create => ["Terminate", "Close"],
        ComputeOperation.Open => ["Close"],
        ComputeOperation.CreateProcess => ["Kill", "ProcessClose"],
        ComputeOperation.OpenProcess => ["ProcessClose"],
        ComputeOperation.CreateLayer => ["RemoveLayer"],
        ComputeOperation.MountLayer => ["DismountLayer"],
        ComputeOperation.GrantAccess => ["RevokeAccess"],
        ComputeOperation.CreateNetwork => ["DeleteNetwork"],
        ComputeOperation.CreateEndpoint => ["DeleteEndpoint"],
        ComputeOperation.CreateNamespace => ["DeleteNamespace"],
        _ => [],
    };

    private static Task Disconnected(Task task) => Fails(HResult.ServiceDisconnect, task);

    private static async Task Fails(int hresult, Task task) =>
        Assert.Equal(hresult, (await Assert.ThrowsAsync<HcsException>(() => task.Within())).HResult);
}
