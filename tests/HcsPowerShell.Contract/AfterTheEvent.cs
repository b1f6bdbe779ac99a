using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Contract;

/// <summary>
/// Tests each operation after an event that changes its result: an exit, a close, a disconnect, a shutdown, a failed
/// kill.
/// </summary>
public abstract partial class ComputeServiceContract
{
    /// <summary>The operations of a container, except those that end it.</summary>
    public static TheoryData<string> Operations =>
        ["Start", "Pause", "Resume", "Modify", "Properties", "Statistics", "CreateProcess", "OpenProcess"];

    public static TheoryData<string> Endings => ["Shutdown", "Terminate"];

    /// <summary>The operations of a process.</summary>
    public static TheoryData<string> ProcessOperations => ["Kill", "Resize", "Stdio", "CloseStdin"];

    /// <summary>The operations of the service.</summary>
    public static TheoryData<string> ServiceOperations => ["Create", "Open", "List", "ServiceProperties"];

    /// <summary>True if the containers end with the service, as with a host in this process.</summary>
    protected virtual bool EndsWithService => false;

    /// <summary>
    /// A process that writes "ready" and a line end to standard output, and ignores every request to end until it is
    /// killed.
    /// </summary>
    protected abstract ProcessConfig Stubborn();

    /// <summary>
    /// The number of ends of each pipe that the service itself holds in this process while the other process runs.
    /// </summary>
    protected virtual int EndsOfService => 0;

    /// <summary>Makes the service go away.</summary>
    protected abstract Task LoseServiceAsync();

    /// <summary>Makes the next attempt to end a container fail.</summary>
    protected abstract void FailNextTerminate();

    /// <summary>Makes the next attempt to end a process fail.</summary>
    protected abstract void FailNextKill();

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task After_the_exit_it_is_refused(string operation)
    {
        IContainer container = await CreateStartedAsync();
        await container.TerminateAsync(Limit);
        await container.Exited.Within();
        await RefusedAsync(HResult.SystemAlreadyStopped, () => CallAsync(container, operation));
    }

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task After_the_exit_ending_succeeds_on_every_handle(string ending)
    {
        IContainer container = await CreateStartedAsync();
        IContainer other = await OpenAsync(container.Id);
        await container.ShutdownAsync(Limit);
        await container.Exited.Within();
        await other.Exited.Within();
        await CallAsync(container, ending);
        await CallAsync(other, ending);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    [MemberData(nameof(Endings))]
    public async Task On_a_closed_handle_it_is_refused_and_the_container_goes_on(string operation)
    {
        IContainer container = await CreateStartedAsync();
        IContainer other = await OpenAsync(container.Id);
        other.Close();
        await RefusedAsync(HResult.InvalidHandle, () => CallAsync(other, operation));
        await RefusedAsync(HResult.InvalidHandle, () => other.Exited.Within());
        Assert.Equal("Running", await StateOfAsync(container));
    }

    [Theory]
    [MemberData(nameof(ProcessOperations))]
    public async Task On_a_closed_handle_of_a_process_it_is_refused(string operation)
    {
        IContainer container = await CreateStartedAsync();
        IProcess process = await container.CreateProcessAsync(Sleep(), Limit);
        process.Close();
        await RefusedAsync(HResult.InvalidHandle, () => CallAsync(process, operation));
        await RefusedAsync(HResult.InvalidHandle, () => process.Exited.Within());
    }

    [Theory]
    [MemberData(nameof(ProcessOperations))]
    public async Task After_the_exit_of_a_process_it_is_refused_or_has_nothing_to_do(string operation)
    {
        IContainer container = await CreateStartedAsync();
        IProcess process = await container.CreateProcessAsync(Exit(3), Limit);
        await process.Exited.Within();
        if (operation is "Kill" or "Resize")
        {
            await RefusedAsync([HResult.ProcessAlreadyStopped, HResult.ElementNotFound], () => CallAsync(process, operation));
        }
        else
        {
            await CallAsync(process, operation);
        }

        Assert.Equal(3u, (await process.Exited.Within()).ExitCode);
        process.Close();
    }

    [Theory]
    [MemberData(nameof(Operations))]
    [MemberData(nameof(Endings))]
    public async Task After_a_disconnect_it_is_refused_on_every_handle_from_before(string operation)
    {
        IContainer container = await CreateStartedAsync();
        IContainer idle = await OpenAsync(container.Id);
        Task<SystemExitStatus> exit = container.Exited;
        await LoseServiceAsync();
        if (EndsWithService)
        {
            Assert.Equal("ForcedExit", (await exit.Within()).ExitType);
            if (!Endings.Any(row => row.Data == operation))
            {
                await RefusedAsync(HResult.SystemAlreadyStopped, () => CallAsync(idle, operation));
            }
        }
        else
        {
            await RefusedAsync(HResult.ServiceDisconnect, () => exit.Within());
            await RefusedAsync(HResult.ServiceDisconnect, () => CallAsync(idle, operation));
            await RefusedAsync(HResult.ServiceDisconnect, () => idle.Exited.Within());
        }
    }

    [Theory]
    [MemberData(nameof(ProcessOperations))]
    public async Task After_a_disconnect_no_exit_of_a_process_is_made_up(string operation)
    {
        IContainer container = await CreateStartedAsync();
        IProcess process = await container.CreateProcessAsync(Sleep(), Limit);
        Task<ProcessStatus> exit = process.Exited;
        await LoseServiceAsync();
        if (EndsWithService)
        {
            Assert.True((await exit.Within()).Exited);
        }
        else
        {
            await RefusedAsync(HResult.ServiceDisconnect, () => exit.Within());
            if (operation is "Kill" or "Resize")
            {
                await RefusedAsync(HResult.ServiceDisconnect, () => CallAsync(process, operation));
            }
        }

        process.Close();
    }

    [Theory]
    [MemberData(nameof(ServiceOperations))]
    public async Task After_a_disconnect_the_service_can_be_asked_anew_unless_it_has_ended(string operation)
    {
        IContainer container = await CreateStartedAsync();
        await LoseServiceAsync();
        if (EndsWithService)
        {
            await RefusedAsync(HResult.ServiceDisconnect, () => CallAsync(operation, container.Id));
        }
        else if (operation != "Open")
        {
            await CallAsync(operation, container.Id);
        }
    }

    [Fact]
    public async Task During_a_shutdown_nothing_begins_and_it_can_be_asked_for_again()
    {
        IContainer container = await CreateStartedAsync();
        IProcess process = await StartStubbornAsync(container);
        await container.ShutdownAsync(Limit);
        int[] refusals = [HResult.InvalidState, HResult.SystemAlreadyStopped];
        await RefusedAsync(refusals, () => container.CreateProcessAsync(Exit(0), Limit));
        await RefusedAsync(refusals, () => container.StartAsync(Limit));
        await RefusedAsync(refusals, () => container.PauseAsync(Limit));
        await RefusedAsync(refusals, () => container.ResumeAsync(Limit));
        await RefusedAsync(refusals, () => container.ModifyAsync(Modification, Limit));
        Assert.Equal("Running", await StateOfAsync(container));
        await container.ShutdownAsync(Limit);
        Assert.False(container.Exited.IsCompleted);
        Assert.False(process.Exited.IsCompleted);

        // A process that withstands the shutdown is terminated.
        await container.TerminateAsync(Limit);
        SystemExitStatus exit = await container.Exited.Within();
        Assert.Equal(TellsExitType ? "ForcedExit" : null, exit.ExitType);
        Assert.True((await process.Exited.Within()).Exited);
        process.Close();
    }

    [Fact]
    public async Task A_shutdown_ends_when_the_last_process_has()
    {
        IContainer container = await CreateStartedAsync();
        IProcess process = await StartStubbornAsync(container);
        await container.ShutdownAsync(Limit);
        await process.KillAsync(Limit);
        SystemExitStatus exit = await container.Exited.Within();
        Assert.Equal(TellsExitType ? "GracefulExit" : null, exit.ExitType);
        Assert.True((await process.Exited.Within()).Exited);
        process.Close();
    }

    [Fact]
    public async Task After_a_termination_that_failed_everything_works_and_the_next_one_too()
    {
        IContainer container = await CreateStartedAsync();
        FailNextTerminate();
        await Assert.ThrowsAsync<HcsException>(() => container.TerminateAsync(Limit));
        Assert.False(container.Exited.IsCompleted);
        Assert.Equal("Running", await StateOfAsync(container));
        Assert.NotEmpty(await ListAsync(new ComputeSystemQuery { Ids = [container.Id] }));
        IProcess process = await container.CreateProcessAsync(Exit(4), Limit);
        Assert.Equal(4u, (await process.Exited.Within()).ExitCode);
        process.Close();
        await container.PauseAsync(Limit);
        await container.ResumeAsync(Limit);
        await container.TerminateAsync(Limit);
        await container.Exited.Within();
    }

    [Fact]
    public async Task After_a_termination_that_failed_a_shutdown_works()
    {
        IContainer container = await CreateStartedAsync();
        FailNextTerminate();
        await Assert.ThrowsAsync<HcsException>(() => container.TerminateAsync(Limit));
        await container.ShutdownAsync(Limit);
        await container.Exited.Within();
    }

    [Fact]
    public async Task After_a_kill_that_failed_the_process_runs_and_the_next_one_works()
    {
        IContainer container = await CreateStartedAsync();
        IProcess process = await container.CreateProcessAsync(Sleep(), Limit);
        FailNextKill();
        await Assert.ThrowsAsync<HcsException>(() => process.KillAsync(Limit));
        Assert.False(process.Exited.IsCompleted);
        await process.KillAsync(Limit);
        Assert.True((await process.Exited.Within()).Exited);
        process.Close();
    }

    [Fact]
    public async Task A_closed_handle_tells_no_events()
    {
        IContainer container = await CreateStartedAsync();
        IContainer other = await OpenAsync(container.Id);
        int told = 0;
        var last = new TaskCompletionSource();
        other.EventReceived += _ => told++;
        container.EventReceived += e =>
        {
            if (e.Type == ComputeSystemEventType.SystemExited)
            {
                last.TrySetResult();
            }
        };
        other.Close();
        await container.TerminateAsync(Limit);
        await last.Task.Within(what: "the event of the exit");
        await LoseServiceAsync();
        Assert.Equal(0, told);
    }

    [Fact]
    public async Task A_read_that_was_cancelled_holds_no_pipe_of_a_process_that_runs_on()
    {
        IContainer container = await CreateStartedAsync();

        // The first process of a host opens pipes that belong to the host.
        (await container.CreateProcessAsync(Sleep(), Limit)).Close();
        string[] before = [.. Left];
        IProcess process = await container.CreateProcessAsync(Sleep(), Limit);
        Stream output = (await process.GetStdioAsync(Limit)).StandardOutput!;
        using var stop = new System.Threading.CancellationTokenSource();
        Task<int> read = output.ReadAsync(new byte[16], stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read.Within());
        process.Close();
        await Waits.Until(
            () => Left.Except(before).Where(left => left.Contains("pipe:", StringComparison.Ordinal))
                .GroupBy(left => left[left.IndexOf("pipe:", StringComparison.Ordinal)..])
                .All(pipe => pipe.Count() <= EndsOfService),
            TimeSpan.FromSeconds(10),
            "the pipes are closed");
    }

    private protected Task CallAsync(IContainer container, string operation) => operation switch
    {
        "Start" => container.StartAsync(Limit),
        "Pause" => container.PauseAsync(Limit),
        "Resume" => container.ResumeAsync(Limit),
        "Modify" => container.ModifyAsync(Modification, Limit),
        "Properties" => container.GetPropertiesAsync(new PropertyQuery(), Limit),
        "Statistics" => container.GetPropertiesAsync(Ask("Statistics"), Limit),
        "CreateProcess" => container.CreateProcessAsync(Exit(0), Limit),
        "OpenProcess" => container.OpenProcessAsync(1, Limit),
        "Shutdown" => container.ShutdownAsync(Limit),
        "Terminate" => container.TerminateAsync(Limit),
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };

    private Task CallAsync(IProcess process, string operation) => operation switch
    {
        "Kill" => process.KillAsync(Limit),
        "Resize" => process.ResizeConsoleAsync(80, 25, Limit),
        "Stdio" => process.GetStdioAsync(Limit),
        "CloseStdin" => process.CloseStdinAsync(Limit),
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };

    private Task CallAsync(string operation, string id) => operation switch
    {
        "Create" => CreateAsync(),
        "Open" => OpenAsync(id),
        "List" => ListAsync(new ComputeSystemQuery()),
        "ServiceProperties" => Service.GetPropertiesAsync(Limit),
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };

    private async Task<IProcess> StartStubbornAsync(IContainer container)
    {
        IProcess process = await container.CreateProcessAsync(Stubborn(), Limit);
        using var reader = new StreamReader((await process.GetStdioAsync(Limit)).StandardOutput!, leaveOpen: true);
        Assert.Equal("ready", await reader.ReadLineAsync(Limit).AsTask().Within());
        return process;
    }

    private static async Task RefusedAsync(int[] hresults, Func<Task> call)
    {
        HcsException refusal = await Assert.ThrowsAsync<HcsException>(call);
        Assert.True(hresults.Any(refusal.Is), $"0x{refusal.HResult:X8}");
    }
}
