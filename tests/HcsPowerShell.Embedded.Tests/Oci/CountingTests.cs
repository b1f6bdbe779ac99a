using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Oci;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci;

/// <summary>Tests pause, statistics and the process list.</summary>
public sealed class CountingTests : OciTest
{
    private const ulong MiB = 1 << 20;

    [Fact]
    public async Task A_paused_container_uses_no_processor_and_goes_on_after()
    {
        IContainer container = await StartAsync();
        IProcess busy = await BeginAsync(container, "sh", "-c", "while :; do :; done");
        await Eventually(async () => await RuntimeAsync(container) > 100_000, "it runs");
        await container.PauseAsync(Patient);
        ulong paused = await RuntimeAsync(container);
        await Task.Delay(200, Token);
        Assert.Equal(paused, await RuntimeAsync(container));
        await container.ResumeAsync(Patient);
        await Eventually(async () => await RuntimeAsync(container) > paused + 100_000, "it goes on");
        busy.Close();
    }

    [Fact]
    public async Task A_paused_container_can_be_ended()
    {
        IContainer container = await StartAsync();
        IProcess process = await BeginAsync(container, "sleep", "1000");
        await container.PauseAsync(Patient);
        await container.TerminateAsync(Patient);
        Assert.Equal("ForcedExit", (await container.Exited.Within()).ExitType);
        Assert.Equal(137u, (await process.Exited.Within()).ExitCode);
        process.Close();
    }

    [Fact]
    public async Task Files_of_the_control_group_stay_open_between_samples_and_go_with_the_container()
    {
        IContainer container = await StartAsync();
        string group = $"/{Path.GetFileName(Traces.ControlGroups(container.Id)[0])}/";
        Assert.Equal(0, Traces.OpenFiles(group));
        await StatisticsAsync(container);
        int open = Traces.OpenFiles(group);
        Assert.NotEqual(0, open);
        await StatisticsAsync(container);
        Assert.Equal(open, Traces.OpenFiles(group));
        await container.TerminateAsync(Patient);
        await container.Exited.Within();
        Assert.Equal(0, Traces.OpenFiles(group));
    }

    [Fact]
    public async Task Of_a_sandbox_that_was_removed_there_are_none()
    {
        OciIsolation isolation = new(RuncProgram.Find()!);
        try
        {
            ISandbox sandbox = isolation.CreateSandbox("c", new ContainerConfig());
            await sandbox.BeginAsync().Within();
            Assert.NotNull((await sandbox.GetStatisticsAsync()).Memory!.MemoryUsageCommitBytes);
            await sandbox.RemoveAsync().Within();
            HcsException refused = await Assert.ThrowsAsync<HcsException>(sandbox.GetStatisticsAsync);
            Assert.Equal(HResult.SystemAlreadyStopped, refused.HResult);
        }
        finally
        {
            await isolation.CloseAsync().Within();
        }
    }

    [Fact]
    public async Task Statistics_are_those_of_the_control_group()
    {
        IContainer container = await StartAsync(new ContainerConfig { StorageSandboxSize = 32 * MiB });
        Statistics before = await StatisticsAsync(container);
        await RequireAsync(container, "dd if=/dev/zero of=/file bs=1M count=8 oflag=direct status=none");
        await RequireAsync(container, "dd if=/file of=/dev/null bs=1M iflag=direct status=none");
        await RequireAsync(container, "i=0; while [ $i -lt 100000 ]; do i=$((i + 1)); done");
        IProcess holder = await BeginAsync(container, "sh", "-c", "a=$(head -c 8388608 /dev/zero | tr '\\0' x); echo ready; exec 1>&-; while :; do sleep 1; done");
        using StreamReader reader = new((await holder.GetStdioAsync(Patient)).StandardOutput!);
        Assert.Equal("ready", await reader.ReadLineAsync(Token).AsTask().Within());
        Statistics after = await StatisticsAsync(container);
        ulong processor = ulong.Parse((await ReadUsageAsync(container)), null);
        Statistics last = await StatisticsAsync(container);
        Assert.InRange(processor / 100, after.Processor!.TotalRuntime100ns!.Value, last.Processor!.TotalRuntime100ns!.Value);
        Assert.Equal(after.Timestamp - after.ContainerStartTime, TimeSpan.FromTicks((long)after.Uptime100ns!.Value));
        Assert.Equal(before.ContainerStartTime, after.ContainerStartTime);
        Assert.InRange(after.Timestamp!.Value, before.Timestamp!.Value, DateTimeOffset.UtcNow);
        Assert.True(after.Processor.RuntimeUser100ns > 0);
        Assert.True(after.Processor.RuntimeKernel100ns > 0);
        Assert.True(after.Memory!.MemoryUsagePrivateWorkingSetBytes >= 8 * MiB);
        Assert.True(after.Memory.MemoryUsageCommitBytes >= after.Memory.MemoryUsagePrivateWorkingSetBytes);
        Assert.True(after.Memory.MemoryUsageCommitPeakBytes >= after.Memory.MemoryUsageCommitBytes);
        Assert.InRange((after.Storage!.WriteSizeBytes - before.Storage!.WriteSizeBytes).GetValueOrDefault(), 8 * MiB, 20 * MiB);
        Assert.InRange((after.Storage.ReadSizeBytes - before.Storage.ReadSizeBytes).GetValueOrDefault(), 8 * MiB, 20 * MiB);
        Assert.True(after.Storage.WriteCountNormalized > before.Storage.WriteCountNormalized);
        Assert.True(after.Storage.ReadCountNormalized > before.Storage.ReadCountNormalized);
        holder.Close();
    }

    [Fact]
    public async Task What_a_disk_that_was_never_limited_reads_and_writes_is_counted()
    {
        using FreshLoopDevice fresh = new(Path.Combine(Folder, "image"));
        IContainer container = await StartAsync(new ContainerConfig { StorageSandboxSize = 16 * MiB });
        Statistics before = await StatisticsAsync(container);
        await RequireAsync(container, "dd if=/dev/zero of=/file bs=1M count=4 oflag=direct status=none");
        await RequireAsync(container, "dd if=/file of=/dev/null bs=1M iflag=direct status=none");
        Statistics after = await StatisticsAsync(container);
        Assert.True(after.Storage!.WriteSizeBytes >= before.Storage!.WriteSizeBytes.GetValueOrDefault() + (4 * MiB));
        Assert.True(after.Storage.ReadSizeBytes >= before.Storage.ReadSizeBytes.GetValueOrDefault() + (4 * MiB));
        await container.TerminateAsync(Patient);
    }

    [Fact]
    public async Task The_process_list_holds_what_others_have_started()
    {
        IContainer container = await StartAsync();
        IProcess process = await BeginAsync(container, "sh", "-c", "setsid sleep 1000 & sleep 1001 & wait");
        await Eventually(async () => (await ProcessesAsync(container)).Count(p => p.ImageName == "sleep") == 2, "they run");
        ProcessListItem[] list = await ProcessesAsync(container);
        Assert.Equal(["sh", "sleep", "sleep"], list.Select(p => p.ImageName).Order());
        Assert.All(list, p => Assert.InRange(
            p.CreateTimestamp!.Value, DateTimeOffset.Now.AddMinutes(-5), DateTimeOffset.Now.AddMinutes(5)));
        Assert.All(list, p => Assert.True(p.MemoryCommitBytes > 0));
        ProcessListItem other = list.First(p => p.ImageName == "sleep");
        Assert.Equal("sleep", await OutputAsync(container, $"cat /proc/{other.ProcessId}/comm"));

        // A process that another process started can be opened and killed by the same id.
        IProcess opened = await container.OpenProcessAsync(other.ProcessId, Patient);
        await opened.KillAsync(Patient);
        await opened.Exited.Within();
        await Eventually(async () => (await ProcessesAsync(container)).Length == 2, "it is gone");
        opened.Close();
        process.Close();
    }

    [Fact]
    public async Task A_shutdown_lets_processes_end_by_themselves()
    {
        string folder = NewFolder("shared");
        IContainer container = await StartAsync(new ContainerConfig
        {
            MappedDirectories = [new MappedDir { HostPath = folder, ContainerPath = "/in" }],
        });
        IProcess process = await BeginAsync(
            container, "sh", "-c", "trap 'echo bye > /in/file; exit 7' TERM; echo ready; while :; do sleep 0.01; done");
        using StreamReader reader = new((await process.GetStdioAsync(Patient)).StandardOutput!);
        await reader.ReadLineAsync(Token);
        await container.ShutdownAsync(Patient);
        Assert.Equal("GracefulExit", (await container.Exited.Within()).ExitType);
        Assert.Equal(7u, (await process.Exited.Within()).ExitCode);
        Assert.Equal("bye\n", await File.ReadAllTextAsync(Path.Combine(folder, "file"), Token));
        process.Close();
    }

    [Fact]
    public async Task A_listed_process_is_what_the_kernel_says_of_it()
    {
        IContainer container = await StartAsync();
        IProcess sleeper = await BeginAsync(container, "sh", "-c", "i=0; while [ $i -lt 200000 ]; do i=$((i + 1)); done; kill -STOP $$");
        int outside = 0;
        await Eventually(
            () => (outside = Traces.ProcessOf(container.Id, sleeper.ProcessId)) != 0 && Stat(outside)[0] == "T", "it stands still");
        ProcessListItem item = (await ProcessesAsync(container)).Single(p => p.ProcessId == sleeper.ProcessId);
        string[] stat = Stat(outside);
        const int TicksPerSecond = 100;
        const ulong TickIn100ns = 10_000_000 / TicksPerSecond;
        Assert.Equal("sh", item.ImageName);
        Assert.True(item.UserTime100ns > 0);
        Assert.Equal(ulong.Parse(stat[11], null) * TickIn100ns, item.UserTime100ns);
        Assert.Equal(ulong.Parse(stat[12], null) * TickIn100ns, item.KernelTime100ns);
        Assert.Equal(Kibibytes(outside, "RssAnon", "VmSwap"), item.MemoryCommitBytes);
        Assert.Equal(Kibibytes(outside, "RssAnon"), item.MemoryWorkingSetPrivateBytes);
        Assert.Equal(Kibibytes(outside, "RssFile", "RssShmem"), item.MemoryWorkingSetSharedBytes);
        long boot = long.Parse(File.ReadLines("/proc/stat").Single(l => l.StartsWith("btime ", StringComparison.Ordinal))[6..], null);
        Assert.Equal(
            DateTimeOffset.FromUnixTimeSeconds(boot) + (TimeSpan.FromSeconds(1) * long.Parse(stat[19], null) / TicksPerSecond),
            item.CreateTimestamp);
        sleeper.Close();
    }

    // Returns the fields from the state on, because the fields before may contain spaces.
    private static string[] Stat(int processId) =>
        File.ReadAllText($"/proc/{processId}/stat").Split(") ")[^1].Trim().Split(' ');

    private static ulong Kibibytes(int processId, params string[] fields)
    {
        string[] status = File.ReadAllLines($"/proc/{processId}/status");
        return 1024 * fields.Aggregate(0UL, (sum, field) => sum + ulong.Parse(
            status.Single(line => line.StartsWith(field + ":", StringComparison.Ordinal)).Split('\t')[1].Replace(" kB", "").Trim(),
            null));
    }

    private static async Task RequireAsync(IContainer container, string script)
    {
        (string output, uint code) = await ShellAsync(container, script + " 2>&1");
        Assert.Equal("0 ", $"{code} {output}");
    }

    private static async Task<ulong> RuntimeAsync(IContainer container) =>
        (await StatisticsAsync(container)).Processor!.TotalRuntime100ns!.Value;

    private static async Task<string> ReadUsageAsync(IContainer container)
    {
        foreach (string group in Traces.ControlGroups(container.Id))
        {
            string file = Path.Combine(group, "cpuacct.usage");
            if (File.Exists(file))
            {
                return (await File.ReadAllTextAsync(file, Token)).Trim();
            }
        }

        string unified = Assert.Single(Traces.ControlGroups(container.Id));
        return (await File.ReadAllLinesAsync(Path.Combine(unified, "cpu.stat"), Token))
            .Single(line => line.StartsWith("usage_usec ", StringComparison.Ordinal))[11..] + "000";
    }
}
