using System;
using System.Buffers.Text;
using System.Collections.Generic;
using HcsPowerShell.Embedded.Isolation.Unix;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Isolation.Oci.ControlGroups;

/// <summary>Version 1: a hierarchy for each controller.</summary>
internal sealed class ControlGroup1(IReadOnlyDictionary<string, string> folders) : ControlGroup(folders["memory"])
{
    private const ulong NanosecondsPerUnit = 100;

    private readonly string _total = folders["cpuacct"] + "/cpuacct.usage";
    private readonly string _user = folders["cpuacct"] + "/cpuacct.usage_user";
    private readonly string _kernel = folders["cpuacct"] + "/cpuacct.usage_sys";
    private readonly string _memory = folders["memory"] + "/memory.usage_in_bytes";
    private readonly string _memoryPeak = folders["memory"] + "/memory.max_usage_in_bytes";
    private readonly string _memoryDetails = folders["memory"] + "/memory.stat";
    private readonly string _outOfMemory = folders["memory"] + "/memory.oom_control";
    private readonly string _bytes = folders["blkio"] + "/blkio.throttle.io_service_bytes_recursive";
    private readonly string _operations = folders["blkio"] + "/blkio.throttle.io_serviced_recursive";

    public override Statistics Sample() => new()
    {
        Processor = new ProcessorStats
        {
            TotalRuntime100ns = Number(_total) / NanosecondsPerUnit,
            RuntimeUser100ns = Number(_user) / NanosecondsPerUnit,
            RuntimeKernel100ns = Number(_kernel) / NanosecondsPerUnit,
        },
        Memory = new MemoryStats
        {
            MemoryUsageCommitBytes = Number(_memory),
            MemoryUsageCommitPeakBytes = Number(_memoryPeak),
            MemoryUsagePrivateWorkingSetBytes = Field(_memoryDetails, "total_rss "u8),
        },
        Storage = Storage(),
    };

    public override ulong OutOfMemoryKills() => Field(_outOfMemory, "oom_kill "u8) ?? 0;

    private StorageStats? Storage()
    {
        if (!Reader.TryRead(_bytes, out ReadOnlySpan<byte> bytes))
        {
            return null;
        }

        StorageStats storage = new() { ReadSizeBytes = Sum(bytes, " Read "u8), WriteSizeBytes = Sum(bytes, " Write "u8) };
        if (Reader.TryRead(_operations, out ReadOnlySpan<byte> operations))
        {
            storage.ReadCountNormalized = Sum(operations, " Read "u8);
            storage.WriteCountNormalized = Sum(operations, " Write "u8);
        }

        return storage;
    }

    // One line for each device and direction: 254:0 Read 4096.
    private static ulong Sum(ReadOnlySpan<byte> content, ReadOnlySpan<byte> direction)
    {
        ulong sum = 0;
        for (int at = content.IndexOf(direction); at >= 0; at = content.IndexOf(direction))
        {
            content = content.Slice(at + direction.Length);
            sum += Utf8Parser.TryParse(content, out ulong number, out _) ? number : 0;
        }

        return sum;
    }
}
