using System;
using System.Buffers.Text;
using HcsPowerShell.Embedded.Linux.Processes;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.ControlGroups;

/// <summary>A control group of version 2, with one hierarchy.</summary>
internal sealed class ControlGroup2 : ControlGroup
{
    private const ulong UnitsPerMicrosecond = 10;

    private readonly string _freezer;
    private readonly CounterFolder _files;

    /// <param name="folder">Folder of the group.</param>
    public ControlGroup2(string folder)
        : base(folder)
    {
        _freezer = folder + "/cgroup.freeze";
        _files = new CounterFolder(folder);
    }

    public override Statistics Sample(ProcReader reader) => new()
    {
        Processor = _files.TryRead(reader, "cpu.stat", out ReadOnlySpan<byte> processor) ? Times(processor) : new ProcessorStats(),
        Memory = new MemoryStats
        {
            MemoryUsageCommitBytes = _files.Number(reader, "memory.current"),

            // Since Linux 5.19.
            MemoryUsageCommitPeakBytes = _files.Number(reader, "memory.peak"),
            MemoryUsagePrivateWorkingSetBytes = _files.Field(reader, "memory.stat", "anon "u8),
        },
        Storage = !_files.TryRead(reader, "io.stat", out ReadOnlySpan<byte> storage) ? null : new StorageStats
        {
            ReadSizeBytes = Sum(storage, " rbytes="u8),
            WriteSizeBytes = Sum(storage, " wbytes="u8),
            ReadCountNormalized = Sum(storage, " rios="u8),
            WriteCountNormalized = Sum(storage, " wios="u8),
        },
    };

    public override ulong OutOfMemoryKills(ProcReader reader) => _files.Field(reader, "memory.events", "oom_kill "u8) ?? 0;

    public override void Thaw() => Write(_freezer, "0");

    public override void Dispose() => _files.Dispose();

    private static ProcessorStats Times(ReadOnlySpan<byte> content) => new()
    {
        TotalRuntime100ns = ProcFields.Find(content, "usage_usec "u8) * UnitsPerMicrosecond,
        RuntimeUser100ns = ProcFields.Find(content, "user_usec "u8) * UnitsPerMicrosecond,
        RuntimeKernel100ns = ProcFields.Find(content, "system_usec "u8) * UnitsPerMicrosecond,
    };

    // One line for each device: 254:0 rbytes=4096 wbytes=0 rios=1 ...
    private static ulong Sum(ReadOnlySpan<byte> content, ReadOnlySpan<byte> name)
    {
        ulong sum = 0;
        for (int at = content.IndexOf(name); at >= 0; at = content.IndexOf(name))
        {
            content = content.Slice(at + name.Length);
            sum += Utf8Parser.TryParse(content, out ulong number, out _) ? number : 0;
        }

        return sum;
    }
}
