using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Linux.Oci.Specification;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci;

public sealed class LimitTests : OciTest
{
    private static bool IsVersion2 => File.Exists("/sys/fs/cgroup/cgroup.controllers");

    [Fact]
    public async Task ProcessorCount_is_what_a_program_counts()
    {
        Assert.Equal("1", await OutputAsync(await StartAsync(new ContainerConfig { ProcessorCount = 1 }), "nproc"));
        IContainer all = await StartAsync(new ContainerConfig { ProcessorCount = 10_000 });
        Assert.Equal(Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture), await OutputAsync(all, "nproc"));
    }

    [Fact]
    public async Task Containers_with_few_processors_do_not_crowd_on_the_first()
    {
        Assert.SkipWhen(Environment.ProcessorCount == 1, "Needs two processors.");
        IContainer one = await StartAsync(new ContainerConfig { ProcessorCount = 1 });
        IContainer other = await StartAsync(new ContainerConfig { ProcessorCount = 1 });
        Assert.NotEqual(
            await OutputAsync(one, "grep Cpus_allowed_list /proc/self/status"),
            await OutputAsync(other, "grep Cpus_allowed_list /proc/self/status"));
    }

    [Fact]
    public async Task ProcessorMaximum_is_a_share_of_all_processors()
    {
        IContainer container = await StartAsync(new ContainerConfig { ProcessorMaximum = 2500 });
        long quota = 25_000L * Environment.ProcessorCount;
        Assert.Equal(
            IsVersion2 ? $"{quota} 100000" : $"{quota}",
            await GroupFileAsync(container, "cpu", IsVersion2 ? "cpu.max" : "cpu.cfs_quota_us"));
    }

    [Fact]
    public async Task ProcessorMaximum_holds_back_what_would_take_more()
    {
        IContainer container = await StartAsync(new ContainerConfig { ProcessorMaximum = 500, ProcessorCount = 1 });
        IProcess busy = await BeginAsync(container, "sh", "-c", "while :; do :; done");
        await Eventually(async () => Throttled(await GroupFileAsync(container, "cpu", "cpu.stat")) > 5, "it is held back");
        Statistics before = await StatisticsAsync(container);
        await Task.Delay(500, Token);
        Statistics after = await StatisticsAsync(container);
        double share = (double)(after.Processor!.TotalRuntime100ns - before.Processor!.TotalRuntime100ns)!
            / (double)(after.Uptime100ns - before.Uptime100ns)!;

        // A twentieth of one processor, with up to one more or one fewer period at either end.
        Assert.True(share < 0.2, $"{share}");
        busy.Close();
    }

    [Fact]
    public async Task ProcessorWeight_is_the_weight_among_containers()
    {
        IContainer container = await StartAsync(new ContainerConfig { ProcessorWeight = 5000 });
        Assert.Equal(
            IsVersion2 ? "5000" : "51200",
            await GroupFileAsync(container, "cpu", IsVersion2 ? "cpu.weight" : "cpu.shares"));
    }

    [Fact]
    public async Task MemoryMaximumInMB_is_enforced_and_the_exit_says_so()
    {
        IContainer container = await StartAsync(new ContainerConfig { MemoryMaximumInMB = 32 });
        Assert.Equal(
            $"{32 << 20}",
            await GroupFileAsync(container, "memory", IsVersion2 ? "memory.max" : "memory.limit_in_bytes"));
        IProcess process = await BeginAsync(container, "dd", "if=/dev/zero", "of=/dev/null", "bs=200M", "count=1");
        ProcessStatus exit = await process.Exited.Within();
        Assert.Equal(137u, exit.ExitCode);
        Assert.True(exit.OutOfMemory);
        Assert.Equal("alive", await OutputAsync(container, "echo alive"));
        process.Close();

        // A process that is killed by a command has the same exit code for another reason.
        IProcess killed = await BeginAsync(container, "sleep", "1000");
        await killed.KillAsync(Patient);
        exit = await killed.Exited.Within();
        Assert.Equal(137u, exit.ExitCode);
        Assert.False(exit.OutOfMemory);
        killed.Close();
    }

    [Fact]
    public async Task A_process_that_takes_less_than_the_maximum_lives()
    {
        IContainer container = await StartAsync(new ContainerConfig { MemoryMaximumInMB = 64 });
        Assert.Equal(0u, (await ShellAsync(container, "dd if=/dev/zero of=/dev/null bs=32M count=1 2>/dev/null")).ExitCode);
    }

    [Fact]
    public async Task Less_memory_than_a_process_needs_to_start_is_refused()
    {
        string message = await RefusedAsync(
            () => CreateAsync(new ContainerConfig { MemoryMaximumInMB = 3 }), HResult.InvalidArgument);
        Assert.StartsWith("MemoryMaximumInMB:", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fork_bomb_is_held_and_goes_with_its_container()
    {
        IContainer container = await StartAsync();

        // Checked first, because without this limit the bomb would take down the machine.
        Assert.Equal($"{Limits.MostProcesses}", (await GroupFileOutsideAsync(container, "pids.max")).Trim());
        IProcess bomb = await BeginAsync(container, "sh", "-c", "b() { b | b & }; b");
        await Eventually(
            async () => Failures(await GroupFileOutsideAsync(container, "pids.events")) > 0, "the limit of processes is reached");
        await container.TerminateAsync(Patient);
        await container.Exited.Within();
        bomb.Close();
    }

    // Reads from outside, because the container can start no process any more.
    private static Task<string> GroupFileOutsideAsync(IContainer container, string file)
    {
        string group = Assert.Single(
            Traces.ControlGroups(container.Id), path => IsVersion2 || path.Contains("/pids/", StringComparison.Ordinal));
        return File.ReadAllTextAsync(Path.Combine(group, file), Token);
    }

    private static long Failures(string events) => Number(events, "max ");

    private static long Throttled(string statistics) => Number(statistics, "nr_throttled ");

    private static long Number(string text, string name) => long.Parse(
        text.Split('\n').Single(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..],
        CultureInfo.InvariantCulture);
}
