using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Unix;

public sealed class StatisticsTests : UnixTest
{
    private const ulong Second100ns = 10_000_000;

    [Theory]
    [InlineData("while :; do :; done")]
    [InlineData("while :; do :; done & wait")]
    [InlineData("setsid sh -c 'while :; do :; done' & exit")]
    public async Task Processor_time_grows_and_never_goes_back_when_the_process_has_gone(string script)
    {
        using ISandboxProcess process = Sandbox.Start(Shell(script));
        await Eventually(() => Runtime() > Second100ns / 5, "it grows");
        Sandbox.Kill();
        ulong last = Runtime();
        Assert.InRange(last, Second100ns / 5, 20 * Second100ns);
        for (int i = 0; i < 10; i++)
        {
            ulong next = Runtime();
            Assert.True(next >= last, $"{next} after {last}");
            last = next;
            await Task.Delay(10, Token);
        }
    }

    [Fact]
    public async Task What_a_reaped_child_used_is_counted_once()
    {
        using ISandboxProcess process = Sandbox.Start(
            Shell("timeout 0.5 sh -c 'while :; do :; done'; times; read go") with
            {
                StandardInput = true,
                StandardOutput = true,
            });
        Task<string> times = ReadToEnd(process.StandardOutput);
        ulong beforeEnd = 0;
        await Eventually(
            () =>
            {
                beforeEnd = Math.Max(beforeEnd, Runtime());
                return Sandbox.GetProcesses().Count == 1 && beforeEnd > 0;
            },
            "the child ends");
        ulong afterEnd = Runtime();
        process.StandardInput!.Dispose();
        await ExitOf(process);
        ulong atTheEnd = Runtime();

        // As the shell tells it, for itself and for its children. Counted twice, it would be twice as much.
        double used = Regex.Matches(await times.Within(), "([0-9]+)m([0-9.]+)s").Sum(time =>
            (60 * double.Parse(time.Groups[1].Value, CultureInfo.InvariantCulture))
            + double.Parse(time.Groups[2].Value, CultureInfo.InvariantCulture));
        ulong most = (ulong)(((used * 1.4) + 0.05) * Second100ns);
        Assert.InRange(afterEnd, beforeEnd, most);
        Assert.InRange(atTheEnd, afterEnd, most);
    }

    [Fact]
    public async Task Short_processes_count_to_the_microsecond()
    {
        for (int i = 0; i < 20; i++)
        {
            using ISandboxProcess process = Sandbox.Start(Shell("exit 0"));
            await ExitOf(process);
        }

        // Each process takes far less than a clock tick.
        Assert.NotEqual(0ul, Runtime());
    }

    [Fact]
    public async Task Memory_is_what_runs_now_and_the_peak_stays()
    {
        const ulong Held = 50_000_000;
        using ISandboxProcess process = Sandbox.Start(Command("/usr/bin/tail", "-c", $"{Held}", "/dev/stdin")
            with { StandardInput = true });
        await process.StandardInput!.WriteAsync(new byte[Held], Token);
        await Eventually(() => Sandbox.GetStatistics().Memory!.MemoryUsageCommitBytes > Held, "it holds the input");
        MemoryStats memory = Sandbox.GetStatistics().Memory!;
        Assert.InRange(memory.MemoryUsagePrivateWorkingSetBytes!.Value, Held / 2, memory.MemoryUsageCommitBytes!.Value);
        Sandbox.Kill();
        memory = Sandbox.GetStatistics().Memory!;
        Assert.Equal(0ul, memory.MemoryUsageCommitBytes);
        Assert.InRange(memory.MemoryUsageCommitPeakBytes!.Value, Held, 2 * Held);
    }

    [Fact]
    public async Task Storage_counts_what_is_written_also_by_those_that_have_gone()
    {
        Assert.SkipUnless(File.Exists("/proc/self/io"), "The kernel does not count it.");
        string file = Path.Combine("/var/tmp", Path.GetRandomFileName()); // /tmp may be memory, which does not count.
        using ISandboxProcess process = Sandbox.Start(
            Command("/bin/dd", "if=/dev/zero", $"of={file}", "bs=4096", "count=500"));
        await ExitOf(process);
        File.Delete(file);
        StorageStats storage = Sandbox.GetStatistics().Storage!;
        Assert.InRange(storage.WriteSizeBytes!.Value, 500 * 4096ul, 600 * 4096ul);
        Assert.NotNull(storage.ReadSizeBytes);

        // The kernel tells only root how often an exited process read and wrote.
        Assert.Equal(Environment.IsPrivilegedProcess, storage.WriteCountNormalized is >= 500 and < 600);
        Assert.Equal(Environment.IsPrivilegedProcess, storage.ReadCountNormalized is >= 500 and < 600);
    }

    [Fact]
    public void The_times_of_the_system_are_left_to_the_caller()
    {
        Statistics statistics = Sandbox.GetStatistics();
        Assert.Null(statistics.Timestamp);
        Assert.Null(statistics.ContainerStartTime);
        Assert.Null(statistics.Uptime100ns);
        Assert.Null(statistics.Memory!.MemoryUsageCommitPeakBytes);
    }

    private ulong Runtime()
    {
        ProcessorStats processor = Sandbox.GetStatistics().Processor!;
        Assert.Equal(processor.TotalRuntime100ns, processor.RuntimeUser100ns + processor.RuntimeKernel100ns);
        return processor.TotalRuntime100ns!.Value;
    }
}
