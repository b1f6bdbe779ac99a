using System;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Native.Tests.Mocks;
using Xunit;

namespace HcsPowerShell.Native.Tests.Adapters;

/// <summary>Tests of callbacks from threads of the library that come at the worst moments.</summary>
public abstract class CallbackTests(MockLibrary mock) : MockTests(mock)
{
    private const uint Unknown = 0x4242;
    private const uint Reserved = 0x80000003;

    [Fact]
    public async Task Unknown_events_from_many_threads_disturb_nothing()
    {
        IContainer container = await CreateStartedAsync();
        IProcess process = await container.CreateProcessAsync(Run("sleep 60000"), Limit);
        Mock.Emit(Unknown, threads: 4, count: 2000, data: "{}");
        Mock.Emit(Reserved, threads: 2, count: 2000, data: null);
        await container.PauseAsync(Limit);
        await container.ResumeAsync(Limit);
        Assert.False(container.Exited.IsCompleted);
        Assert.False(process.Exited.IsCompleted);
        process.Close();
        await EndAsync(container);
    }

    [Fact]
    public async Task An_event_told_twice_is_one()
    {
        const uint SystemExited = 1;
        IContainer container = await CreateStartedAsync();
        int exits = 0;
        container.EventReceived += e => exits += e.Type == ComputeSystemEventType.SystemExited ? 1 : 0;
        Mock.Emit(SystemExited, threads: 3, count: 50, data: """{"Status":0,"ExitType":"GracefulExit"}""");
        await container.Exited.Within();
        Mock.WaitIdle(5000);
        await UntilAsync(() => Volatile.Read(ref exits) > 0);
        Assert.Equal(1, exits);
        Mock.ExitSystem(container.Id, "ForcedExit", 0);
        container.Close();
    }

    [Fact]
    public async Task An_event_that_comes_while_a_handle_is_being_closed_does_no_harm()
    {
        IContainer container = await CreateStartedAsync();
        IProcess process = await container.CreateProcessAsync(Run("sleep 60000"), Limit);
        Task<SystemExitStatus> exit = container.Exited;
        Mock.SetCloseEmits(true);
        process.Close();
        container.Close();
        await RefusedAsync(HResult.InvalidHandle, exit.Within());
        Mock.ExitSystem(container.Id, "ForcedExit", 0);
    }

    [Fact]
    public async Task A_handle_can_be_closed_from_an_event()
    {
        IContainer container = await CreateStartedAsync();
        var closed = new TaskCompletionSource();
        container.EventReceived += e =>
        {
            if (e.Type == ComputeSystemEventType.ProcessExited)
            {
                container.Close();
                closed.TrySetResult();
            }
        };
        IProcess process = await container.CreateProcessAsync(Run("exit 0"), Limit);
        await closed.Task.Within();
        process.Close();
        Mock.ExitSystem(container.Id, "ForcedExit", 0);
    }

    [Fact]
    public async Task A_continuation_never_runs_on_a_thread_of_the_library()
    {
        IContainer container = await CreateStartedAsync();
        Mock.SetFault("HcsPauseComputeSystem", MockFault.None, delay: 50);
        Assert.True(await IsOnPoolAfter(container.PauseAsync(CancellationToken.None)).Within());
        Task<bool> continuation = IsOnPoolAfter(container.Exited);
        await EndAsync(container);
        Assert.True(await continuation.Within());
    }

    private static Task<bool> IsOnPoolAfter(Task task) => task.ContinueWith(
        _ => Thread.CurrentThread.IsThreadPoolThread,
        CancellationToken.None,
        TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);

    [Fact]
    public async Task Callbacks_survive_garbage_collection()
    {
        using var done = new CancellationTokenSource();
        Task collecting = Task.Run(() => CollectUntil(done.Token), Limit);
        for (int i = 0; i < 60; i++)
        {
            IContainer container = await CreateStartedAsync();
            Mock.Emit(Unknown, threads: 2, count: 20, data: "{}");
            IProcess process = await container.CreateProcessAsync(Run("exit " + i), Limit);
            Assert.Equal((uint)i, (await process.Exited.Within()).ExitCode);
            process.Close();
            await EndAsync(container);
        }

        await done.CancelAsync();
        await collecting.Within();
    }

    [Fact]
    public async Task Forgotten_handles_are_closed_by_the_collector_in_the_right_order()
    {
        await ForgetAsync();
        await UntilAsync(() =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return Mock.Alive(MockKind.System) == 0 && Mock.Alive(MockKind.Process) == 0;
        });
        Mock.ExitSystem("forgotten", "ForcedExit", 0);
    }

    [Fact]
    public async Task Waiting_takes_no_thread()
    {
        const int Systems = 200;
        var waits = new Task[Systems];
        var containers = new IContainer[Systems];
        for (int i = 0; i < Systems; i++)
        {
            containers[i] = await CreateStartedAsync();
        }

        int before = ThreadPool.ThreadCount;
        for (int i = 0; i < Systems; i++)
        {
            Mock.SetFault("HcsPauseComputeSystem", MockFault.None, delay: 1000, nth: 1);
            waits[i] = Task.WhenAll(containers[i].Exited, containers[i].PauseAsync(Limit));
        }

        await UntilAsync(() => Mock.Calls("HcsPauseComputeSystem") == Systems);
        Assert.InRange(ThreadPool.ThreadCount, 0, before + 20);
        foreach (IContainer container in containers)
        {
            await container.TerminateAsync(Limit);
        }

        await Task.WhenAll(waits.Select(wait => Record.ExceptionAsync(() => wait).AsTask())).Within();
        foreach (IContainer container in containers)
        {
            container.Close();
        }
    }

    private static void CollectUntil(CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task ForgetAsync()
    {
        IContainer container = await CreateAsync("forgotten");
        await container.StartAsync(Limit);
        await container.CreateProcessAsync(WithPipes("cat"), Limit);
        Assert.Equal(1, Mock.Alive(MockKind.System));
    }
}

public sealed class ComputeCoreCallbackTests() : CallbackTests(MockLibrary.ComputeCore);

public sealed class VmComputeCallbackTests() : CallbackTests(MockLibrary.VmCompute);
