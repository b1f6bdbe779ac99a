using System;
using System.Text.Json.Serialization;

namespace HcsPowerShell.Interop.Documents;

/// <summary>
/// One process inside a container, schema 2 (HCS <c>ProcessDetails</c>). An absent value is not known.
/// </summary>
[SinceSchema(2, 0)]
public sealed class ProcessDetails : HcsDocument
{
    /// <summary>Process id inside the container.</summary>
    public uint? ProcessId { get; set; }

    /// <summary>File name of the executable.</summary>
    public string? ImageName { get; set; }

    /// <summary>When the process started.</summary>
    [JsonConverter(typeof(GoTimeConverter))]
    public DateTimeOffset? CreateTimestamp { get; set; }

    /// <summary>Time in user mode, in units of 100 ns.</summary>
    public ulong? UserTime100ns { get; set; }

    /// <summary>Time in kernel mode, in units of 100 ns.</summary>
    public ulong? KernelTime100ns { get; set; }

    /// <summary>Committed memory in bytes.</summary>
    public ulong? MemoryCommitBytes { get; set; }

    /// <summary>Private working set in bytes.</summary>
    public ulong? MemoryWorkingSetPrivateBytes { get; set; }

    /// <summary>Shared working set in bytes.</summary>
    public ulong? MemoryWorkingSetSharedBytes { get; set; }
}
