using System;
using System.Buffers.Text;
using System.Collections.Generic;
using HcsPowerShell.Embedded.Linux.Processes;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.ControlGroups;

/// <summary>A control group of version 1, with a hierarchy for each controller.</summary>
internal sealed class ControlGroup1 : ControlGroup
{
    private const ulong NanosecondsPerUnit = 100;

    private readonly string? _freezer;
    private readonly CounterFolder _processor;
    private readonly CounterFolder _memory;
    private readonly CounterFolder _storage;

    /// <param name="folders">Folder of the group, by controller.</param>
    public ControlGroup1(IReadOnlyDictionary<string, string> folders)
        : base(folders["memory"])
    {
        _freezer = folders.TryGetValue("freezer", out string? folder) ? folder + "/freezer.state" : null;
        _processor = new CounterFolder(folders["cpuacct"]);
        _memory = new CounterFolder(folders["memory"]);
        _storage = new CounterFolder(folders["blkio"]);
    }

    public override Statistics Sample(ProcReader reader) => new()
    {
        Processor = new ProcessorStats
        {
            TotalRuntime100ns = _processor.Number(reader, "cpuacct.usage") / NanosecondsPerUnit,
            RuntimeUser100ns = _processor.Number(reader, "cpuacct.usage_user") / NanosecondsPerUnit,
            RuntimeKernel100ns = _processor.Number(reader, "cpuacct.usage_sys") / NanosecondsPerUnit,
        },
        Memory = new MemoryStats
        {
            MemoryUsageCommitBytes = _memory.Number(reader, "memory.usage_in_bytes"),
            MemoryUsageCommitPeakBytes = _memory.Number(reader, "memory.max_usage_in_bytes"),
            MemoryUsagePrivateWorkingSetBytes = _memory.Field(reader, "memory.stat", "total_rss "u8),
        },
        Storage = Storage(reader),
    };

    public override ulong OutOfMemoryKills(ProcReader reader) => _memory.Field(reader, "memory.oom_control", "oom_kill "u8) ?? 0;

    public override void Thaw() => Write(_freezer, "THAWED");

    public override void Dispose()
    {
        _processor.Dispose();
        _memory.Dispose();
        _storage.Dispose();
    }

    private StorageStats? Storage(ProcReader reader)
    {
        if (!_storage.TryRead(reader, "blkio.throttle.io_service_bytes_recursive", out ReadOnlySpan<byte> bytes))
        {
            return null;
        }

        StorageStats storage = new() { ReadSizeBytes = Sum(bytes, " Read "u8), WriteSizeBytes = Sum(bytes, " Write "u8) };
        if (_storage.TryRead(reader, "blkio.throttle.io_serviced_recursive", out ReadOnlySpan<byte> operations))
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
