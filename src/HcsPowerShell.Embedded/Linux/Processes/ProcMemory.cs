using System;

namespace HcsPowerShell.Embedded.Linux.Processes;

/// <summary>The memory values of /proc/PID/status, in bytes.</summary>
/// <param name="CommitBytes">
/// RssAnon + VmSwap: private memory of the process, resident or swapped out. Linux commits memory on the first access,
/// so this value, and not the reservation in VmData, corresponds to committed memory on Windows.
/// </param>
/// <param name="PeakBytes">
/// The highest use that can be proven: VmHWM less the pages of files and shared memory it has now.
/// </param>
/// <param name="PrivateBytes">RssAnon.</param>
/// <param name="SharedBytes">RssFile + RssShmem.</param>
internal readonly record struct ProcMemory(ulong CommitBytes, ulong PeakBytes, ulong PrivateBytes, ulong SharedBytes)
{
    private const ulong BytesPerKiB = 1024;

    // More than an address space holds; the kernel reports no higher number.
    private const ulong MostKiB = 1UL << 52;

    /// <returns>Null when the process has gone, is exiting, or its kernel (before 4.5) does not report it.</returns>
    public static ProcMemory? Read(ProcReader reader, int processId) =>
        reader.TryRead(processId, "status", out ReadOnlySpan<byte> status) ? Parse(status) : null;

    /// <returns>Null when the lines every process with memory has are missing.</returns>
    internal static ProcMemory? Parse(ReadOnlySpan<byte> status)
    {
        if (ProcFields.Find(status, "RssAnon:"u8) is not { } anonymous
            || ProcFields.Find(status, "RssFile:"u8) is not { } file)
        {
            return null;
        }

        if (anonymous > MostKiB || file > MostKiB)
        {
            return null;
        }

        ulong shared = file + Optional(status, "RssShmem:"u8);
        ulong commit = anonymous + Optional(status, "VmSwap:"u8);
        ulong highest = Optional(status, "VmHWM:"u8);
        ulong peak = Math.Max(commit, highest > shared ? highest - shared : 0);
        return new ProcMemory(
            commit * BytesPerKiB, peak * BytesPerKiB, anonymous * BytesPerKiB, shared * BytesPerKiB);
    }

    private static ulong Optional(ReadOnlySpan<byte> status, ReadOnlySpan<byte> name) =>
        ProcFields.Find(status, name) is { } value and <= MostKiB ? value : 0;
}
