using System;
using System.Globalization;
using System.IO;
using System.Linq;
using HcsPowerShell.Embedded.Linux.Native;

namespace HcsPowerShell.Embedded.Linux.Processes;

/// <summary>Converts the clock ticks of /proc to time.</summary>
internal static class ProcClock
{
    private const string BootTimePrefix = "btime ";

    private static readonly Lazy<ulong> s_tickLength100ns =
        new(() => (ulong)TimeSpan.TicksPerSecond / (ulong)Libc.sysconf(Libc._SC_CLK_TCK));

    private static readonly Lazy<DateTimeOffset> s_bootTime = new(ReadBootTime);

    public static ulong To100ns(ulong ticks) => ticks * s_tickLength100ns.Value;

    /// <summary>Gets the start time of a process, exact to one second, as the boot time is.</summary>
    public static DateTimeOffset StartTime(ProcessKey process) =>
        s_bootTime.Value.AddTicks((long)To100ns(process.StartTicks));

    private static DateTimeOffset ReadBootTime()
    {
        string line = File.ReadLines("/proc/stat").First(l => l.StartsWith(BootTimePrefix, StringComparison.Ordinal));
        return DateTimeOffset.FromUnixTimeSeconds(
            long.Parse(line.Substring(BootTimePrefix.Length), CultureInfo.InvariantCulture));
    }
}
