using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;

namespace HcsPowerShell.Embedded.Linux.Processes;

/// <summary>The process of an embedded host, named so that another can tell whether it has ended.</summary>
/// <param name="Key">Id and start time.</param>
/// <param name="Namespaces">
/// The inode numbers of the namespaces these are of, <c>PID_TIME</c>: in another the same numbers are another process's.
/// </param>
internal sealed record HostProcess(ProcessKey Key, string Namespaces)
{
    private const string NoNamespaces = "0_0";

    /// <summary>This process; without namespaces where /proc is not that of its own.</summary>
    public static HostProcess Current { get; } = FindCurrent();

    /// <summary>Whether it can be judged here, and has ended.</summary>
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

        // Where /proc hides it, it can be there all the same.
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

    // A link says "pid:[4026531836]". Before Linux 5.6 there are no namespaces of time.
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
