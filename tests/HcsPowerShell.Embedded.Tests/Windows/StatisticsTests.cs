using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Windows;

public sealed class StatisticsTests : SandboxTest
{
    [WindowsFact]
    public async Task The_list_tells_name_age_and_memory()
    {
        DateTimeOffset before = DateTimeOffset.UtcNow - TimeSpan.FromSeconds(2);
        using ISandboxProcess process = await StartReady(Sandbox, Child.Of("sleep"));

        ProcessListItem first = Assert.Single(ListOf(Sandbox));
        Assert.Equal(process.ProcessId, first.ProcessId);
        Assert.Equal(Path.GetFileName(Environment.ProcessPath), first.ImageName, ignoreCase: true);
        Assert.InRange(first.CreateTimestamp!.Value, before, DateTimeOffset.UtcNow);
        Assert.False(first.MemoryCommitBytes == 0);
        Assert.NotNull(first.KernelTime100ns);
    }

    [WindowsFact(NotUnderWine = "Wine gives the times of the one who asks for every process.")]
    public async Task The_time_of_a_busy_process_grows()
    {
        using ISandboxProcess process = await StartReady(Sandbox, Child.Of("burn"));
        ProcessListItem first = Assert.Single(ListOf(Sandbox));
        await Task.Delay(1000, Token);
        ProcessListItem second = Assert.Single(ListOf(Sandbox));
        Assert.True(second.UserTime100ns > first.UserTime100ns);
    }

    [WindowsFact]
    public async Task The_caller_fills_in_the_times()
    {
        using ISandboxProcess process = await StartReady(Sandbox, Child.Of("sleep"));
        Statistics statistics = Sandbox.GetStatistics();
        Assert.Null(statistics.Timestamp);
        Assert.Null(statistics.ContainerStartTime);
        Assert.Null(statistics.Uptime100ns);
    }

    [WindowsFact(NotUnderWine = "Wine tells no committed memory of others.")]
    public async Task Commit_is_that_of_all_processes()
    {
        Assert.Equal(0u, Sandbox.GetStatistics().Memory!.MemoryUsageCommitBytes);
        using ISandboxProcess one = await StartReady(Sandbox, Child.Of("sleep"));
        Statistics first = Sandbox.GetStatistics();
        using ISandboxProcess two = await StartReady(Sandbox, Child.Of("sleep"));
        Statistics second = Sandbox.GetStatistics();
        Assert.True(second.Memory!.MemoryUsageCommitBytes > first.Memory!.MemoryUsageCommitBytes);
    }

    [WindowsFact(NotUnderWine = "Wine does no accounting for job objects.")]
    public async Task Processor_time_and_transfers_grow_and_outlive_the_process()
    {
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

        using ISandboxProcess burn = await StartReady(Sandbox, Child.Of("burn"));
        await Task.Delay(500, Token);
        Assert.True(Sandbox.GetStatistics().Processor!.TotalRuntime100ns > first.Processor!.TotalRuntime100ns);
    }

    [WindowsFact]
    public async Task More_processes_than_one_query_holds_are_all_listed()
    {
        ISandboxProcess[] processes = new ISandboxProcess[70];
        for (int i = 0; i < processes.Length; i++)
        {
            processes[i] = await StartReady(Sandbox, Child.Waiting);
        }

        Assert.Equal(
            processes.Select(process => process.ProcessId).Order(),
            ListOf(Sandbox).Select(item => item.ProcessId).Order());
        Sandbox.Kill();
        foreach (ISandboxProcess process in processes)
        {
            Assert.Equal(137u, await ExitOf(process));
            process.Dispose();
        }
    }
}
