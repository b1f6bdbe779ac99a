using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Isolation;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Windows;

public sealed class StatisticsTests : SandboxTest
{
    [WindowsFact]
    public async Task The_list_tells_name_age_memory_and_growing_time()
    {
        DateTimeOffset before = DateTimeOffset.UtcNow - TimeSpan.FromSeconds(2);
        using ISandboxProcess process = Sandbox.Start(Child.Of("burn") with { StandardOutput = true });
        await ReadLine(process.StandardOutput!);

        ProcessListItem first = Assert.Single(Sandbox.GetProcesses());
        Assert.Equal(process.ProcessId, first.ProcessId);
        Assert.Equal(Path.GetFileName(Environment.ProcessPath), first.ImageName, ignoreCase: true);
        Assert.InRange(first.CreateTimestamp!.Value, before, DateTimeOffset.UtcNow);
        Assert.True(first.MemoryCommitBytes > 0);

        await Task.Delay(1000, Token);
        ProcessListItem second = Assert.Single(Sandbox.GetProcesses());
        Assert.True(second.UserTime100ns > first.UserTime100ns);
        Assert.NotNull(second.KernelTime100ns);
    }

    [WindowsFact]
    public async Task Commit_is_that_of_all_processes_and_the_caller_fills_in_the_times()
    {
        Assert.Equal(0u, Sandbox.GetStatistics().Memory!.MemoryUsageCommitBytes);
        using ISandboxProcess one = Sandbox.Start(Child.Of("sleep") with { StandardOutput = true });
        await ReadLine(one.StandardOutput!);
        Statistics first = Sandbox.GetStatistics();
        using ISandboxProcess two = Sandbox.Start(Child.Of("sleep") with { StandardOutput = true });
        await ReadLine(two.StandardOutput!);
        Statistics second = Sandbox.GetStatistics();

        Assert.True(second.Memory!.MemoryUsageCommitBytes > first.Memory!.MemoryUsageCommitBytes);
        Assert.Null(second.Timestamp);
        Assert.Null(second.ContainerStartTime);
        Assert.Null(second.Uptime100ns);
    }

    [WindowsFact]
    public async Task Processor_time_and_transfers_grow_and_outlive_the_process()
    {
        Assert.SkipWhen(Sandbox.GetStatistics().Processor is null, "This system does no accounting for job objects.");
        using (ISandboxProcess process = Sandbox.Start(Child.Of("both") with { StandardOutput = true }))
        {
            await ReadToEnd(process.StandardOutput!);
            await ExitOf(process);
        }

        Statistics first = Sandbox.GetStatistics();
        Assert.True(first.Processor!.TotalRuntime100ns > 0);
        Assert.Equal(
            first.Processor!.TotalRuntime100ns,
            first.Processor!.RuntimeUser100ns + first.Processor!.RuntimeKernel100ns);
        Assert.True(first.Storage!.WriteSizeBytes > 0);

        using ISandboxProcess burn = Sandbox.Start(Child.Of("burn") with { StandardOutput = true });
        await ReadLine(burn.StandardOutput!);
        await Task.Delay(500, Token);
        Assert.True(Sandbox.GetStatistics().Processor!.TotalRuntime100ns > first.Processor!.TotalRuntime100ns);
    }

    [WindowsFact]
    public async Task More_processes_than_one_query_holds_are_all_listed()
    {
        ISandboxProcess[] processes =
            [.. Enumerable.Range(0, 70).Select(_ => Sandbox.Start(Child.OfCommand("pause") with { StandardInput = true }))];
        Assert.Equal(
            processes.Select(process => process.ProcessId).Order(),
            Sandbox.GetProcesses().Where(item => item.ImageName == "cmd.exe").Select(item => item.ProcessId).Order());
        Sandbox.Kill();
        foreach (ISandboxProcess process in processes)
        {
            Assert.Equal(137u, await ExitOf(process));
            process.Dispose();
        }
    }

    [WindowsFact]
    public async Task No_handle_is_left_after_many_processes_and_sandboxes()
    {
        for (int i = 0; i < 20; i++)
        {
            await Cycle();
        }

        uint before = HandleCount();
        for (int i = 0; i < 200; i++)
        {
            await Cycle();
        }

        // The runtime opens a few of its own; a leak of ours would be 200 or more.
        Assert.InRange(HandleCount(), 0u, before + 20);
    }

    private async Task Cycle()
    {
        using ISandbox sandbox = Isolation.CreateSandbox("cycle", new ContainerConfig());
        using ISandboxProcess process = sandbox.Start(
            Child.OfCommand("exit 3") with { StandardInput = true, StandardOutput = true, StandardError = true });
        sandbox.Pause();
        sandbox.Resume();
        _ = sandbox.GetStatistics();
        await ReadToEnd(process.StandardOutput!);
        Assert.Equal(3u, await ExitOf(process));
        Assert.ThrowsAny<Exception>(() => sandbox.Start(Child.OfCommand("") with { Executable = @"C:\missing.exe" }));
    }

    private static uint HandleCount()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.True(TestNative.GetProcessHandleCount(TestNative.GetCurrentProcess(), out uint count));
        return count;
    }
}
