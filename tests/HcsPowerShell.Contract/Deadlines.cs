using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Contract;

/// <summary>
/// Tests each operation on a host that does not answer: the caller returns at once while the call is still at work, and
/// the later result of the call is undone.
/// </summary>
public abstract partial class ComputeServiceContract
{
    // The first deadline lets the call reach the host of an idle machine. A busy machine needs the second time to release the
    // caller.
    private static readonly TimeSpan s_deadline = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_atOnce = TimeSpan.FromSeconds(2);

    // The calls on layers, images and networks have tests of their own: not every host has them.
    public static TheoryData<ComputeOperation> OperationsWithTime =>
    [
        .. Enum.GetValues<ComputeOperation>().Where(operation =>
            operation < ComputeOperation.DescribeLayer || operation.IsOnMachines()).Except(
        [
            ComputeOperation.Wait, ComputeOperation.ProcessWait, ComputeOperation.Close, ComputeOperation.ProcessClose,
            ComputeOperation.ProcessList, ComputeOperation.MappedVirtualDisks, ComputeOperation.HasPendingUpdates,
        ]),
    ];

    /// <summary>The operations that the adapter answers by itself, so that no host can hold them up.</summary>
    protected virtual ComputeOperation[] Immediate => [];

    /// <summary>Makes calls of the operation begin in the host, and keeps them from ending there.</summary>
    protected abstract IHeldCalls HoldUp(ComputeOperation operation);

    [Theory]
    [MemberData(nameof(OperationsWithTime))]
    public async Task A_caller_who_is_cancelled_is_let_go_and_the_call_is_undone(ComputeOperation operation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Limit);
        Assert.NotNull(await LetGoAsync(operation, stop.Token, async (call, held) =>
        {
            await Waits.Until(() => held.AtWork != 0, what: operation + " has begun");
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.Within());
        }));
    }

    [Theory]
    [MemberData(nameof(OperationsWithTime))]
    public Task A_caller_whose_time_has_passed_is_let_go_and_the_call_is_undone(ComputeOperation operation) =>
        Waits.RequireTime(TimeSpan.MinValue, s_atOnce, async () =>
        {
            for (TimeSpan deadline = s_deadline; ; deadline += deadline)
            {
                TimeSpan? time = await LetGoAsync(operation, new CallOptions(Limit, deadline), async (call, held) =>
                {
                    HcsException late = await RefusedAsync(HResult.OperationTimeout, () => call.Within());
                    Assert.Equal(operation.Function(), late.Function);
                });
                if (time is { } taken)
                {
                    return taken - deadline;
                }
            }
        });

    [Theory]
    [MemberData(nameof(OperationsWithTime))]
    public async Task A_caller_who_is_cancelled_from_the_start_makes_no_call(ComputeOperation operation)
    {
        SlowCall slow = await PrepareAsync(operation);
        using (IHeldCalls held = HoldUp(operation))
        {
            var over = new CancellationToken(canceled: true);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => slow.Call(over).Within());
            Assert.Equal(0, held.AtWork);
        }

        slow.Process?.Close();
    }

    /// <summary>
    /// Makes a call that is held up, and returns the time until its caller was let go; null when the call had not
    /// reached the host by then.
    /// </summary>
    private async Task<TimeSpan?> LetGoAsync(
        ComputeOperation operation, CallOptions options, Func<Task, IHeldCalls, Task> waiting)
    {
        SlowCall slow = await PrepareAsync(operation);
        if (Absent.Contains(operation))
        {
            await RefusedByNameAsync(operation.Function(), () => slow.Call(options).Within());
            return TimeSpan.Zero;
        }

        if (Immediate.Contains(operation))
        {
            Task answered = slow.Call(new CallOptions(Limit, TimeSpan.Zero));
            await answered.Within();
            (answered as Task<IContainer>)?.Result.Close();
            (answered as Task<IProcess>)?.Result.Close();
            slow.Process?.Close();
            return TimeSpan.Zero;
        }

        var time = Stopwatch.StartNew();
        IHeldCalls held = HoldUp(operation);
        try
        {
            Task call = slow.Call(options);
            Assert.InRange(time.Elapsed, TimeSpan.Zero, Waits.Prompt);
            await waiting(call, held);
            time.Stop();
            if (held.AtWork == 0)
            {
                slow.Process?.Close();
                return null;
            }
        }
        finally
        {
            held.Dispose();
        }

        await Waits.Until(() => held.AtWork == 0 && held.AreUndone, what: operation + " has been undone");
        await slow.After();
        slow.Process?.Close();
        return time.Elapsed;
    }

    /// <summary>Prepares everything that a call of the operation needs, without making the call.</summary>
    protected async Task<SlowCall> PrepareAsync(ComputeOperation operation)
    {
        if (operation is ComputeOperation.Create)
        {
            string id = NewId();
            return new SlowCall(
                options => Service.CreateContainerAsync(id, Document("contract"), Version, options),
                () => Waits.Until(async () => (await ListAsync(new ComputeSystemQuery { Ids = [id] })).Length == 0));
        }

        if (operation.IsOnMachines() && operation is not (ComputeOperation.Save or ComputeOperation.Crash))
        {
            return await PrepareForMachinesAsync(operation);
        }

        IContainer container = await CreateAsync(document: operation.IsOnMachines() ? Machine : null);
        if (operation is not ComputeOperation.Start)
        {
            await container.StartAsync(Limit);
        }

        if (operation is ComputeOperation.Resume or ComputeOperation.Save)
        {
            await container.PauseAsync(Limit);
        }

        return operation switch
        {
            ComputeOperation.Kill or ComputeOperation.ResizeConsole or ComputeOperation.Stdio
                or ComputeOperation.CloseStdin or ComputeOperation.OpenProcess =>
                await PrepareProcessAsync(container, operation),
            ComputeOperation.CreateProcess => PrepareNewProcess(container),
            ComputeOperation.Save => await PrepareSaveAsync(container),
            _ => PrepareContainer(container, operation),
        };
    }

    private SlowCall PrepareContainer(IContainer container, ComputeOperation operation) => operation switch
    {
        ComputeOperation.Open => new(
            options => Service.OpenContainerAsync(container.Id, options), () => StateBecomesAsync(container, "Running")),
        ComputeOperation.Enumerate => new(
            options => Service.GetContainersAsync(new ComputeSystemQuery(), options), () => Task.CompletedTask),
        ComputeOperation.ServiceProperties => new(Service.GetPropertiesAsync, () => Task.CompletedTask),
        ComputeOperation.Start => new(container.StartAsync, () => StateBecomesAsync(container, "Running")),
        ComputeOperation.Shutdown => new(container.ShutdownAsync, () => container.Exited.Within()),
        ComputeOperation.Terminate => new(container.TerminateAsync, () => container.Exited.Within()),
        ComputeOperation.Crash => new(container.CrashAsync, () => container.Exited.Within()),
        ComputeOperation.Pause => new(container.PauseAsync, () => StateBecomesAsync(container, "Paused")),
        ComputeOperation.Resume => new(container.ResumeAsync, () => StateBecomesAsync(container, "Running")),
        ComputeOperation.Modify => new(
            options => container.ModifyAsync(Modification, options), () => StateBecomesAsync(container, "Running")),
        ComputeOperation.Properties => new(
            options => container.GetPropertiesAsync(new PropertyQuery(), options),
            () => StateBecomesAsync(container, "Running")),
        ComputeOperation.Statistics => new(
            options => container.GetPropertiesAsync(Ask("Statistics"), options),
            () => StateBecomesAsync(container, "Running")),
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };

    /// <summary>Prepares a call for virtual machines that is on none of them.</summary>
    private async Task<SlowCall> PrepareForMachinesAsync(ComputeOperation operation)
    {
        string file = Path.Combine(_files.Value.FullName, operation.ToString());
        if (operation is ComputeOperation.GrantAccess or ComputeOperation.RevokeAccess)
        {
            await File.WriteAllTextAsync(file, string.Empty, Limit);
        }

        IMachineService machines = Service.Machines;
        return operation switch
        {
            ComputeOperation.CreateStateFile => new(
                options => machines.CreateStateFileAsync(file, options),
                () => Waits.Until(() => !File.Exists(file), what: "the file that was made late is deleted")),
            ComputeOperation.GrantAccess => new(
                options => machines.GrantAccessAsync("contract", file, options), () => Task.CompletedTask),
            ComputeOperation.RevokeAccess => new(
                options => machines.RevokeAccessAsync("contract", file, options), () => Task.CompletedTask),
            ComputeOperation.ProcessorTopology => new(machines.GetProcessorTopologyAsync, () => Task.CompletedTask),
            ComputeOperation.CpuGroups => new(machines.GetCpuGroupsAsync, () => Task.CompletedTask),
            _ => throw new ArgumentOutOfRangeException(nameof(operation)),
        };
    }

    private async Task<SlowCall> PrepareSaveAsync(IContainer container)
    {
        string file = Path.Combine(_files.Value.FullName, container.Id);
        if (!Absent.Contains(ComputeOperation.CreateStateFile))
        {
            await Service.Machines.CreateStateFileAsync(file, Limit);
            await Service.Machines.GrantAccessAsync(container.Id, file, Limit);
        }

        return new(options => container.SaveAsync(file, options), () => container.Exited.Within());
    }

    private SlowCall PrepareNewProcess(IContainer container)
    {
        var started = new TaskCompletionSource<uint>(TaskCreationOptions.RunContinuationsAsynchronously);
        container.EventReceived += e =>
        {
            if (e.Type == ComputeSystemEventType.ProcessStarted)
            {
                started.TrySetResult(e.ProcessId!.Value);
            }
        };
        return new SlowCall(
            options => container.CreateProcessAsync(Sleep(), options),
            async () =>
            {
                uint id = await started.Task.Within(what: "the start of the process");
                await Waits.Until(async () => (await ProcessesAsync(container)).All(p => p.ProcessId != id));
            });
    }

    private async Task<SlowCall> PrepareProcessAsync(IContainer container, ComputeOperation operation)
    {
        ProcessConfig config = operation is ComputeOperation.CloseStdin ? Cat() : Sleep();
        config.EmulateConsole = HasConsoles && operation is ComputeOperation.ResizeConsole;
        IProcess process = await container.CreateProcessAsync(config, Limit);
        return operation switch
        {
            ComputeOperation.OpenProcess => new(
                options => container.OpenProcessAsync(process.ProcessId, options), IsRunningAsync, process),
            ComputeOperation.Kill => new(process.KillAsync, () => process.Exited.Within(), process),
            ComputeOperation.ResizeConsole => new(
                options => process.ResizeConsoleAsync(80, 25, options), IsRunningAsync, process),
            ComputeOperation.Stdio => new(process.GetStdioAsync, IsRunningAsync, process),
            _ => new(process.CloseStdinAsync, () => process.Exited.Within(), process),
        };

        Task IsRunningAsync()
        {
            Assert.False(process.Exited.IsCompleted);
            return Task.CompletedTask;
        }
    }

    private Task StateBecomesAsync(IContainer container, string state) =>
        Waits.Until(async () => await StateOfAsync(container) == state, what: $"the container becomes {state}");

    private async Task<ProcessListItem[]> ProcessesAsync(IContainer container) =>
        (await container.GetPropertiesAsync(Ask("ProcessList"), Limit)).ProcessList ?? [];

    /// <summary>A call that the test holds up.</summary>
    /// <param name="Call">Makes the call.</param>
    /// <param name="After">Waits for the effect of the call, or for the end of that effect.</param>
    /// <param name="Process">The process on which the call is made.</param>
    protected sealed record SlowCall(Func<CallOptions, Task> Call, Func<Task> After, IProcess? Process = null);
}
