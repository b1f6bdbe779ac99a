using System;
using System.Text;
using HcsPowerShell.Embedded.Linux.Native;

namespace HcsPowerShell.Embedded.Linux.Processes;

/// <summary>Gets the file name of the executable of a process.</summary>
internal static class ImageName
{
    private const int LongestName = 15;

    /// <summary>
    /// Gets the name in /proc/PID/stat, completed from argument 0 or the executable when the kernel cut it.
    /// </summary>
    public static string Of(ProcStat process, ProcReader reader)
    {
        if (Encoding.UTF8.GetByteCount(process.Name) < LongestName)
        {
            return process.Name;
        }

        foreach (string? path in new[] { FirstArgument(process, reader), Executable(process) })
        {
            string name = path?.Substring(path.LastIndexOf('/') + 1) ?? string.Empty;
            if (name.StartsWith(process.Name, StringComparison.Ordinal))
            {
                return name;
            }
        }

        return process.Name;
    }

    private static string? FirstArgument(ProcStat process, ProcReader reader)
    {
        if (!reader.TryRead(process.Key.ProcessId, "cmdline", out ReadOnlySpan<byte> arguments))
        {
            return null;
        }

        int end = arguments.IndexOf((byte)0);
        return Encoding.UTF8.GetString(arguments.Slice(0, Math.Max(end, 0)).ToArray());
    }

    private static string? Executable(ProcStat process)
    {
        byte[] target = new byte[4096];
        nint length = Libc.readlink(CString.From($"/proc/{process.Key.ProcessId}/exe"), target, target.Length);
        return length < 0 ? null : Encoding.UTF8.GetString(target, 0, (int)length);
    }
}
