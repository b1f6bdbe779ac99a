using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;

namespace HcsPowerShell.Embedded.Linux.Processes;

/// <summary>
/// The process of an embedded host, identified so that another process can tell whether it has ended.
/// </summary>
/// <param name="Key">Id and start time.</param>
/// <param name="Namespaces">
/// The inode numbers of its pid and time namespaces, <c>PID_TIME</c>: in another namespace the same key belongs to
/// another process.
/// </param>
internal sealed record HostProcess(ProcessKey Key, string Namespaces)
{
    private const string NoNamespaces = "0_0";

    /// <summary>This process; without namespaces when /proc belongs to another pid namespace.</summary>
    public static HostProcess Current { get; } = FindCurrent();

    /// <summary>Checks whether this host can tell the state of the process, and the process has ended.</summary>
    public bool HasEnded(ProcReader reader)
    {
        if (Current.Namespaces == NoNamespaces || Namespaces != Current.Namespaces)
        {
            return false;
        }

        if (ProcStat.Read(reader, Key.ProcessId) is { } stat)
        {
            return stat.Key != Key || (!stat.IsAlive && HasNoThreads());
        }

        // A process that /proc hides can exist all the same.
        return Libc.kill(Key.ProcessId, 0) != 0 && Marshal.GetLastWin32Error() == Errno.ESRCH;
    }

    private static HostProcess FindCurrent()
    {
        using Process process = Process.GetCurrentProcess();
        ProcStat? stat = ProcStat.Read(new ProcReader(), process.Id);
        return stat is not null && Symlink.Read("/proc/self") == process.Id.ToString(CultureInfo.InvariantCulture)
            ? new HostProcess(stat.Key, $"{Namespace("pid")}_{Namespace("time")}")
            : new HostProcess(new ProcessKey(process.Id, 0), NoNamespaces);
    }

    // A link reads "pid:[4026531836]". Before Linux 5.6 there are no time namespaces.
    private static string Namespace(string kind) =>
        Symlink.Read($"/proc/self/ns/{kind}")?.Split('[', ']')[1] ?? "0";

    // The first thread may have ended before the others.
    private bool HasNoThreads()
    {
        try
        {
            return Directory.GetDirectories($"/proc/{Key.ProcessId}/task").Length <= 1;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
    }
}
