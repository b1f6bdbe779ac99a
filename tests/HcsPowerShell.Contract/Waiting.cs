using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Contract;

public abstract partial class ComputeServiceContract
{
    [Fact]
    public async Task Every_waiter_early_or_late_gets_the_exit()
    {
        IContainer container = await CreateStartedAsync();
        IContainer other = await OpenAsync(container.Id);
        Task<SystemExitStatus>[] early = [container.Exited, container.Exited, other.Exited];
        await container.TerminateAsync(Limit);
        await Task.WhenAll(early).Within();
        Assert.Same(await early[0], await container.Exited.Within());
    }

    [Fact]
    public async Task Closing_a_container_lets_its_waiters_go_without_an_exit()
    {
        IContainer container = await CreateStartedAsync();
        await OpenAsync(container.Id);
        Task<SystemExitStatus> wait = container.Exited;
        container.Close();
        await RefusedAsync(HResult.InvalidHandle, () => wait.Within());
    }

    [Fact]
    public async Task Closing_a_process_lets_its_waiters_go_without_an_exit()
    {
        IContainer container = await CreateStartedAsync();
        IProcess process = await container.CreateProcessAsync(Sleep(), Limit);
        Task<ProcessStatus> wait = process.Exited;
        process.Close();
        process.Close();
        await RefusedAsync(HResult.InvalidHandle, () => wait.Within());
        await RefusedAsync(HResult.InvalidHandle, () => process.KillAsync(Limit));
    }

    [Fact]
    public async Task The_end_of_a_container_is_the_end_of_its_processes()
    {
        IContainer container = await CreateStartedAsync();
        IProcess process = await container.CreateProcessAsync(Sleep(), Limit);
        await container.TerminateAsync(Limit);
        ProcessStatus exit = await process.Exited.Within();
        Assert.True(exit.Exited);
        process.Close();
    }

    [Fact]
    public async Task Events_arrive_in_order()
    {
        IContainer container = await CreateAsync();
        var received = new ConcurrentQueue<ComputeSystemEvent>();
        var last = new TaskCompletionSource();
        container.EventReceived += e =>
        {
            received.Enqueue(e);
            if (e.Type == ComputeSystemEventType.SystemExited)
            {
                last.TrySetResult();
            }
        };
        await container.StartAsync(Limit);
        IProcess process = await container.CreateProcessAsync(Sleep(), Limit);
        await process.KillAsync(Limit);
        await process.Exited.Within();
        await container.TerminateAsync(Limit);
        await last.Task.Within(what: "the event of the exit");
        Assert.Equal(
            [
                ComputeSystemEventType.SystemStarted,
                ComputeSystemEventType.ProcessStarted,
                ComputeSystemEventType.ProcessExited,
                ComputeSystemEventType.SystemExited,
            ],
            received.Select(e => e.Type));
        Assert.All(received, e => Assert.Equal(container.Id, e.ContainerId));
        Assert.Equal([process.ProcessId, process.ProcessId], received.Where(e => e.ProcessId is not null)
            .Select(e => e.ProcessId!.Value));
        process.Close();
    }

    [Fact]
    public async Task A_handle_that_closes_at_the_exit_still_tells_it()
    {
        IContainer container = await CreateStartedAsync();
        var told = new TaskCompletionSource();
        container.EventReceived += e => _ = e.Type == ComputeSystemEventType.SystemExited && told.TrySetResult();
        Task closed = container.Exited.ContinueWith(
            _ => container.Close(), TaskContinuationOptions.ExecuteSynchronously);
        await container.TerminateAsync(Limit);
        await closed.Within();
        await told.Task.Within(what: "the event of the exit");
    }
}
