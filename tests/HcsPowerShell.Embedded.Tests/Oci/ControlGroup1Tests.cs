using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Linux.Oci.ControlGroups;
using HcsPowerShell.Embedded.Linux.Processes;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci;

/// <summary>Tests version 1 of control groups on files in its format; every file holds a different number.</summary>
public sealed class ControlGroup1Tests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public ControlGroup1Tests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Control groups are a part of Linux.");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Counters_are_in_the_units_of_the_schema()
    {
        Write("cpuacct", "cpuacct.usage", "123456700\n");
        Write("cpuacct", "cpuacct.usage_user", "100000200\n");
        Write("cpuacct", "cpuacct.usage_sys", "23456500\n");
        Write("memory", "memory.usage_in_bytes", "8388608\n");
        Write("memory", "memory.max_usage_in_bytes", "16777216\n");
        Write("memory", "memory.stat", "rss 1\ntotal_cache 2\ntotal_rss 4194304\ntotal_rss_huge 3\n");
        Write("memory", "memory.oom_control", "oom_kill_disable 0\nunder_oom 2\noom_kill 7\n");
        Write("blkio", "blkio.throttle.io_service_bytes_recursive", "254:0 Read 4096\n254:0 Write 8192\n254:0 Total 12288\n7:1 Read 1\n7:1 Write 10\nTotal 12299\n");
        Write("blkio", "blkio.throttle.io_serviced_recursive", "254:0 Read 3\n254:0 Write 5\n7:1 Read 100\n7:1 Write 1000\nTotal 1108\n");
        using ControlGroup1 group = new(new Dictionary<string, string>
        {
            ["cpuacct"] = Folder("cpuacct"), ["memory"] = Folder("memory"), ["blkio"] = Folder("blkio"),
        });
        Statistics sample = group.Sample(new ProcReader());
        Assert.Equal(7ul, group.OutOfMemoryKills(new ProcReader()));
        Assert.Equal(1_234_567ul, sample.Processor!.TotalRuntime100ns);
        Assert.Equal(1_000_002ul, sample.Processor.RuntimeUser100ns);
        Assert.Equal(234_565ul, sample.Processor.RuntimeKernel100ns);
        Assert.Equal(8ul << 20, sample.Memory!.MemoryUsageCommitBytes);
        Assert.Equal(16ul << 20, sample.Memory.MemoryUsageCommitPeakBytes);
        Assert.Equal(4ul << 20, sample.Memory.MemoryUsagePrivateWorkingSetBytes);
        Assert.Equal(4097ul, sample.Storage!.ReadSizeBytes);
        Assert.Equal(8202ul, sample.Storage.WriteSizeBytes);
        Assert.Equal(103ul, sample.Storage.ReadCountNormalized);
        Assert.Equal(1005ul, sample.Storage.WriteCountNormalized);
    }

    [Fact]
    public async Task Read_by_many_at_once_and_closed_meanwhile_it_gives_whole_numbers_or_none_and_keeps_no_file()
    {
        Write("cpuacct", "cpuacct.usage", "123456700\n");
        Write("memory", "memory.stat", "total_rss 4194304\n");
        Directory.CreateDirectory(Folder("blkio"));
        for (int i = 0; i < 500; i++)
        {
            ControlGroup1 group = new(new Dictionary<string, string>
            {
                ["cpuacct"] = Folder("cpuacct"), ["memory"] = Folder("memory"), ["blkio"] = Folder("blkio"),
            });
            using Barrier start = new(3);
            Task[] readers = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() => ReadUntilClosed(group, start)))];
            start.SignalAndWait(Waits.Limit, TestContext.Current.CancellationToken);
            Thread.SpinWait(i);
            group.Dispose();
            await Task.WhenAll(readers).Within();
            Assert.Equal(0, Traces.OpenFiles(_folder));
        }
    }

    private static void ReadUntilClosed(ControlGroup1 group, Barrier start)
    {
        ProcReader reader = new();
        start.SignalAndWait(Waits.Limit, TestContext.Current.CancellationToken);
        Statistics sample;
        do
        {
            sample = group.Sample(reader);
            Assert.True(sample.Processor!.TotalRuntime100ns is null or 1_234_567ul);
            Assert.True(sample.Memory!.MemoryUsagePrivateWorkingSetBytes is null or 4ul << 20);
        }
        while (sample.Processor.TotalRuntime100ns is not null);
    }

    private string Folder(string controller) => Path.Combine(_folder, controller);

    private void Write(string controller, string file, string content)
    {
        Directory.CreateDirectory(Folder(controller));
        File.WriteAllText(Path.Combine(Folder(controller), file), content);
    }
}
