using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci;

/// <summary>Pause, statistics and the process list.</summary>
public sealed class CountingTests : OciTest
{
    private const ulong MiB = 1 << 20;

    [Fact]
    public async Task A_paused_container_uses_no_processor_and_goes_on_after()
    {
        IContainer container = await StartAsync();
        IProcess busy = await BeginAsync(container, "sh", "-c", "while :; do :; done");
        await Eventually(async () => await RuntimeAsync(container) > 100_000, "it runs");
        await container.PauseAsync(Token);
        ulong paused = await RuntimeAsync(container);
        await Task.Delay(200, Token);
        Assert.Equal(paused, await RuntimeAsync(container));
        await container.ResumeAsync(Token);
        await Eventually(async () => await RuntimeAsync(container) > paused + 100_000, "it goes on");
        busy.Close();
    }

    [Fact]
    public async Task A_paused_container_can_be_ended()
    {
        IContainer container = await StartAsync();
        IProcess process = await BeginAsync(container, "sleep", "1000");
        await container.PauseAsync(Token);
        await container.TerminateAsync(Token);
        Assert.Equal("ForcedExit", (await container.Exited.WaitAsync(Patience, Token)).ExitType);
        Assert.Equal(137u, (await process.Exited.WaitAsync(Patience, Token)).ExitCode);
        process.Close();
    }

    [Fact]
    public async Task Statistics_are_those_of_the_control_group()
    {
        IContainer container = await StartAsync(new ContainerConfig { StorageSandboxSize = 32 * MiB });
        Statistics before = await StatisticsAsync(container);
        await OutputAsync(
            container,
            "dd if=/dev/zero of=/file bs=1M count=8 oflag=direct 2>/dev/null; dd if=/file of=/dev/null bs=1M iflag=direct 2>/dev/null; i=0; while [ $i -lt 100000 ]; do i=$((i + 1)); done");
        IProcess holder = await BeginAsync(container, "sh", "-c", "a=$(head -c 8388608 /dev/zero | tr '\\0' x); echo ready; exec 1>&-; while :; do sleep 1; done");
        using StreamReader reader = new((await holder.GetStdioAsync(Token)).StandardOutput!);
        Assert.Equal("ready", await reader.ReadLineAsync(Token).AsTask().WaitAsync(Patience, Token));
        Statistics after = await StatisticsAsync(container);
        ulong processor = ulong.Parse((await ReadUsageAsync(container)), null);
        Statistics last = await StatisticsAsync(container);
        Assert.InRange(processor / 100, after.Processor!.TotalRuntime100ns!.Value, last.Processor!.TotalRuntime100ns!.Value);
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

        // One that was started by another can be opened and killed by the same id.
        IProcess opened = await container.OpenProcessAsync(other.ProcessId, Token);
        await opened.KillAsync(Token);
        await opened.Exited.WaitAsync(Patience, Token);
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
        using StreamReader reader = new((await process.GetStdioAsync(Token)).StandardOutput!);
        await reader.ReadLineAsync(Token);
        await container.ShutdownAsync(Token);
        Assert.Equal("GracefulExit", (await container.Exited.WaitAsync(Patience, Token)).ExitType);
        Assert.Equal(7u, (await process.Exited.WaitAsync(Patience, Token)).ExitCode);
        Assert.Equal("bye\n", await File.ReadAllTextAsync(Path.Combine(folder, "file"), Token));
        process.Close();
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
