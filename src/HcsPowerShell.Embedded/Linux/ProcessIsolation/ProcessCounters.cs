using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Embedded.Linux.Processes;

namespace HcsPowerShell.Embedded.Linux.ProcessIsolation;

/// <summary>The usage of a process, including the children it waited for.</summary>
/// <param name="User100ns">Time in user mode.</param>
/// <param name="Kernel100ns">Time in kernel mode.</param>
/// <param name="Io">Null when the system withholds it.</param>
internal readonly record struct ProcessCounters(ulong User100ns, ulong Kernel100ns, ProcIo? Io)
{
    public static ProcessCounters Zero { get; } = new(0, 0, ProcIo.Zero);

    public static ProcessCounters Of(ProcStat stat, ProcIo? io) => new(
        ProcClock.To100ns(stat.UserTicks + stat.ChildUserTicks),
        ProcClock.To100ns(stat.KernelTicks + stat.ChildKernelTicks),
        io);

    /// <summary>
    /// Gets the part that comes from children it waited for; the kernel keeps no such part of the I/O counters.
    /// </summary>
    public static ProcessCounters OfChildren(ProcStat stat, ProcIo? io) => new(
        ProcClock.To100ns(stat.ChildUserTicks), ProcClock.To100ns(stat.ChildKernelTicks), io);

    public static ProcessCounters Of(in Libc.ResourceUsage usage, ProcIo? io) => new(
        To100ns(usage.UserSeconds, usage.UserMicroseconds),
        To100ns(usage.SystemSeconds, usage.SystemMicroseconds),
        io ?? ProcIo.Of(usage));

    public static ProcessCounters operator +(ProcessCounters a, ProcessCounters b) => new(
        a.User100ns + b.User100ns,
        a.Kernel100ns + b.Kernel100ns,
        a.Io is { } x && b.Io is { } y
            ? new ProcIo(
                x.ReadCount + y.ReadCount,
                x.ReadBytes + y.ReadBytes,
                x.WriteCount + y.WriteCount,
                x.WriteBytes + y.WriteBytes)
            : null);

    /// <summary>Subtracts the counters; a difference below 0 becomes 0.</summary>
    public static ProcessCounters operator -(ProcessCounters a, ProcessCounters b) => new(
        Less(a.User100ns, b.User100ns),
        Less(a.Kernel100ns, b.Kernel100ns),
        a.Io is { } x && b.Io is { } y
            ? new ProcIo(
                Less(x.ReadCount, y.ReadCount),
                Less(x.ReadBytes, y.ReadBytes),
                Less(x.WriteCount, y.WriteCount),
                Less(x.WriteBytes, y.WriteBytes))
            : null);

    /// <summary>True when each time and byte count here is at least that of the other.</summary>
    public bool Covers(ProcessCounters other) =>
        User100ns >= other.User100ns
        && Kernel100ns >= other.Kernel100ns
        && (Io is not { } x || other.Io is not { } y || !(x.ReadBytes < y.ReadBytes || x.WriteBytes < y.WriteBytes));

    /// <summary>Takes the higher of each counter; a counter unknown on one side is unknown.</summary>
    public ProcessCounters AtLeast(ProcessCounters floor) => this + (floor - this);

    private static ulong? Less(ulong? a, ulong? b) => a is { } x && b is { } y ? Less(x, y) : null;

    private static ulong Less(ulong a, ulong b) => a > b ? a - b : 0;

    private static ulong To100ns(nint seconds, nint microseconds) =>
        ((ulong)seconds * 10_000_000) + ((ulong)microseconds * 10);
}
