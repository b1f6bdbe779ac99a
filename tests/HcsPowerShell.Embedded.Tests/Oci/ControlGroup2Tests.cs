using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Embedded.Linux.Oci.ControlGroups;
using HcsPowerShell.Embedded.Linux.Oci.Specification;
using HcsPowerShell.Embedded.Linux.Processes;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci;

/// <summary>
/// Tests version 2 of control groups on files in its format, and on a group of the kernel if the kernel has version 2.
/// Container tests use the version of the machine.
/// </summary>
public sealed class ControlGroup2Tests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public ControlGroup2Tests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Control groups are a part of Linux.");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Counters_are_in_the_units_of_the_schema()
    {
        Write("cgroup.procs", "12\n345\n");
        Write("cpu.stat", "usage_usec 1234567\nuser_usec 1000000\nsystem_usec 234567\nnr_periods 0\n");
        Write("memory.current", "8388608\n");
        Write("memory.peak", "16777216\n");
        Write("memory.stat", "anon 4194304\nfile 4096\nanon_thp 0\n");
        Write("memory.events", "low 0\nhigh 0\nmax 3\noom 2\noom_kill 1\n");
        Write("io.stat", "254:0 rbytes=4096 wbytes=8192 rios=1 wios=2 dbytes=0 dios=0\n7:1 rbytes=1 wbytes=10 rios=100 wios=1000\n");
        using ControlGroup2 group = new(_folder);
        Statistics sample = group.Sample(new ProcReader());
        Assert.Equal([12, 345], group.ProcessIds(new ProcReader()));
        Assert.Equal(1UL, group.OutOfMemoryKills(new ProcReader()));
        Assert.Equal(12_345_670UL, sample.Processor!.TotalRuntime100ns);
        Assert.Equal(10_000_000UL, sample.Processor.RuntimeUser100ns);
        Assert.Equal(2_345_670UL, sample.Processor.RuntimeKernel100ns);
        Assert.Equal(8UL << 20, sample.Memory!.MemoryUsageCommitBytes);
        Assert.Equal(16UL << 20, sample.Memory.MemoryUsageCommitPeakBytes);
        Assert.Equal(4UL << 20, sample.Memory.MemoryUsagePrivateWorkingSetBytes);
        Assert.Equal(4097UL, sample.Storage!.ReadSizeBytes);
        Assert.Equal(8202UL, sample.Storage.WriteSizeBytes);
        Assert.Equal(101UL, sample.Storage.ReadCountNormalized);
        Assert.Equal(1002UL, sample.Storage.WriteCountNormalized);
    }

    [Fact]
    public async Task Processes_and_times_are_read_from_a_group_of_the_kernel()
    {
        string? root = File.ReadLines("/proc/self/mountinfo").FirstOrDefault(line => line.Contains(" - cgroup2 "))?.Split(' ')[4];
        Assert.SkipUnless(root is not null && Libc.geteuid() == 0, "No version 2, or no right to make a group.");
        string folder = Directory.CreateDirectory(Path.Combine(root, "hcs2test-" + Guid.NewGuid().ToString("N"))).FullName;
        using Process process = Process.Start("/bin/sh", ["-c", "while :; do :; done"]);
        try
        {
            File.WriteAllText(Path.Combine(folder, "cgroup.procs"), $"{process.Id}");
            using ControlGroup2 group = new(folder);
            Assert.Equal([process.Id], group.ProcessIds(new ProcReader()));
            await OciTest.Eventually(() => group.Sample(new ProcReader()).Processor!.RuntimeUser100ns > 100_000, "it runs");
            ProcessorStats times = group.Sample(new ProcReader()).Processor!;
            Assert.InRange(times.TotalRuntime100ns!.Value, times.RuntimeUser100ns!.Value, ulong.MaxValue);
            Assert.NotNull(times.RuntimeKernel100ns);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).Within();
            Directory.Delete(folder);
        }
    }

    [Fact]
    public void What_the_kernel_does_not_say_stays_unknown()
    {
        using ControlGroup2 group = new(_folder);
        Statistics sample = group.Sample(new ProcReader());
        Assert.Empty(group.ProcessIds(new ProcReader()));
        Assert.Null(sample.Processor!.TotalRuntime100ns);
        Assert.Null(sample.Memory!.MemoryUsageCommitPeakBytes);
        Assert.Null(sample.Storage);
    }

    [Fact]
    public void What_runc_is_given_for_version_2_has_a_weight_of_its_own()
    {
        ContainerConfig config = new()
        {
            MemoryMaximumInMB = 64,
            ProcessorWeight = 5000,
            ProcessorMaximum = 2500,
        };
        JsonObject limits = Limits.Of("id", config, storage: null, devices: [], isVersion2: true);
        Assert.Equal(64L << 20, (long)limits["memory"]!["limit"]!);
        Assert.Equal(64L << 20, (long)limits["memory"]!["swap"]!);
        Assert.Equal(Limits.MostProcesses, (int)limits["pids"]!["limit"]!);

        // The shares of version 1, which runc would turn into a coarser weight, are not set as well.
        Assert.Equal("5000", (string?)limits["unified"]!["cpu.weight"]);
        Assert.Null(limits["cpu"]!["shares"]);
        Assert.Equal(100_000L, (long)limits["cpu"]!["period"]!);
        Assert.Equal(25_000L * Processors.Available().Count, (long)limits["cpu"]!["quota"]!);
        Assert.Null(Limits.Of("id", new ContainerConfig(), storage: null, devices: [], isVersion2: true)["unified"]);
    }

    [Fact]
    public void A_change_under_version_2_sets_free_what_is_not_limited()
    {
        JsonObject limits = Limits.Changed("id", new ContainerConfig { ProcessorCount = 1 }, isVersion2: true);
        Assert.Equal("100", (string?)limits["unified"]!["cpu.weight"]);
        Assert.Null(limits["cpu"]!["shares"]);
        Assert.Equal("-1", $"{limits["cpu"]!["quota"]}");
        Assert.Equal("-1", $"{limits["memory"]!["limit"]}");
        Assert.Equal("-1", $"{limits["memory"]!["swap"]}");
        Assert.DoesNotContain(",", (string?)limits["cpu"]!["cpus"], StringComparison.Ordinal);
    }

    private void Write(string file, string content) => File.WriteAllText(Path.Combine(_folder, file), content);
}
