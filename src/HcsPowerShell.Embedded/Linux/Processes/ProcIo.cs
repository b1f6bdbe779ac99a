using System;
using HcsPowerShell.Embedded.Linux.Native;

namespace HcsPowerShell.Embedded.Linux.Processes;

/// <summary>The counters of /proc/PID/io, including those of the children a process waited for.</summary>
/// <param name="ReadCount">syscr: read calls; null when withheld.</param>
/// <param name="ReadBytes">read_bytes: fetched from storage.</param>
/// <param name="WriteCount">syscw: write calls; null when withheld.</param>
/// <param name="WriteBytes">write_bytes: sent to storage.</param>
internal readonly record struct ProcIo(ulong? ReadCount, ulong ReadBytes, ulong? WriteCount, ulong WriteBytes)
{
    private const ulong BytesPerBlock = 512;

    public static ProcIo Zero { get; } = new(0, 0, 0, 0);

    /// <summary>
    /// Gets the counters from the result of reaping, because only root may read the file of a zombie.
    /// </summary>
    public static ProcIo Of(in Libc.ResourceUsage usage) => new(
        null, (ulong)usage.InputBlocks * BytesPerBlock, null, (ulong)usage.OutputBlocks * BytesPerBlock);

    /// <returns>Null when the process has gone or the file may not be read.</returns>
    public static ProcIo? Read(ProcReader reader, int processId) =>
        reader.TryRead(processId, "io", out ReadOnlySpan<byte> io) ? Parse(io) : null;

    /// <returns>Null when a line is missing.</returns>
    internal static ProcIo? Parse(ReadOnlySpan<byte> io) =>
        ProcFields.Find(io, "syscr:"u8) is { } readCount
        && ProcFields.Find(io, "syscw:"u8) is { } writeCount
        && ProcFields.Find(io, "read_bytes:"u8) is { } readBytes
        && ProcFields.Find(io, "write_bytes:"u8) is { } writeBytes
            ? new ProcIo(readCount, readBytes, writeCount, writeBytes)
            : null;
}
