using System;
using System.Buffers.Text;
using HcsPowerShell.Embedded.Linux.Processes;

namespace HcsPowerShell.Embedded.Linux.Oci;

/// <summary>Finds the id a process has inside its container, from the line NSpid of /proc/PID/status.</summary>
internal static class InnerProcessId
{
    /// <param name="reader">Reads the file.</param>
    /// <param name="processId">Host process id.</param>
    /// <returns>Null when the process has gone.</returns>
    public static uint? Of(ProcReader reader, int processId)
    {
        if (!reader.TryRead(processId, "status", out ReadOnlySpan<byte> status))
        {
            return null;
        }

        ReadOnlySpan<byte> name = "\nNSpid:"u8;
        int start = status.IndexOf(name);
        if (start < 0)
        {
            return null;
        }

        // Outermost namespace first, innermost last.
        ReadOnlySpan<byte> line = status.Slice(start + name.Length);
        line = line.Slice(0, line.IndexOf((byte)'\n'));
        return Utf8Parser.TryParse(line.Slice(line.LastIndexOf((byte)'\t') + 1), out uint id, out _) ? id : null;
    }
}
