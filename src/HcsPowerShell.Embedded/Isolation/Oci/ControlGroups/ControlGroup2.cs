using System;
using System.Buffers.Text;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Isolation.Oci.ControlGroups;

/// <summary>Version 2: one hierarchy.</summary>
internal sealed class ControlGroup2(string folder) : ControlGroup(folder)
{
    private const ulong UnitsPerMicrosecond = 10;

    private readonly string _processor = folder + "/cpu.stat";
    private readonly string _memory = folder + "/memory.current";
    private readonly string _memoryPeak = folder + "/memory.peak";
    private readonly string _memoryDetails = folder + "/memory.stat";
    private readonly string _memoryEvents = folder + "/memory.events";
    private readonly string _storage = folder + "/io.stat";

    public override Statistics Sample() => new()
    {
        Processor = new ProcessorStats
        {
            TotalRuntime100ns = Field(_processor, "usage_usec "u8) * UnitsPerMicrosecond,
            RuntimeUser100ns = Field(_processor, "user_usec "u8) * UnitsPerMicrosecond,
            RuntimeKernel100ns = Field(_processor, "system_usec "u8) * UnitsPerMicrosecond,
        },
        Memory = new MemoryStats
        {
            MemoryUsageCommitBytes = Number(_memory),

            // Linux 5.19.
            MemoryUsageCommitPeakBytes = Number(_memoryPeak),
            MemoryUsagePrivateWorkingSetBytes = Field(_memoryDetails, "anon "u8),
        },
        Storage = !Reader.TryRead(_storage, out ReadOnlySpan<byte> storage) ? null : new StorageStats
        {
            ReadSizeBytes = Sum(storage, " rbytes="u8),
            WriteSizeBytes = Sum(storage, " wbytes="u8),
            ReadCountNormalized = Sum(storage, " rios="u8),
            WriteCountNormalized = Sum(storage, " wios="u8),
        },
    };

    public override ulong OutOfMemoryKills() => Field(_memoryEvents, "oom_kill "u8) ?? 0;

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
