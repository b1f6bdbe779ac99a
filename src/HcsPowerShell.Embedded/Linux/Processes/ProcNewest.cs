using System;
using System.Buffers.Text;

namespace HcsPowerShell.Embedded.Linux.Processes;

/// <summary>The id last given to a process or thread: the fifth field of /proc/loadavg.</summary>
internal static class ProcNewest
{
    /// <returns>0 when it cannot be read.</returns>
    public static int Read(ProcReader reader) =>
        reader.TryRead("/proc/loadavg", out ReadOnlySpan<byte> content)
        && Utf8Parser.TryParse(content.Slice(content.LastIndexOf((byte)' ') + 1), out int id, out _)
            ? id
            : 0;
}
