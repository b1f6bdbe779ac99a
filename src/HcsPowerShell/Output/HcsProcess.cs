using System;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell;

/// <summary>A process in a container, as it was at the time of the query. The object holds no handle.</summary>
/// <remarks>
/// Two objects are equal when they stand for the process with the same id in the container with the same id on the same host.
/// </remarks>
public sealed class HcsProcess : HcsOutput, IEquatable<HcsProcess>, IComparable<HcsProcess>, IComparable
{
    internal HcsProcess(HcsHost host, string containerId, uint processId, TrackedProcess? tracked)
        : base(host)
    {
        ContainerId = containerId;
        ProcessId = processId;
        Tracked = tracked;
    }

    internal HcsProcess(HcsHost host, string containerId, ProcessListItem item, TrackedProcess? tracked)
        : this(host, containerId, item.ProcessId, tracked)
    {
        ImageName = VisibleText.OfName(item.ImageName);
        StartTime = item.CreateTimestamp?.ToLocalTime();
        UserTime = Ticks(item.UserTime100ns);
        KernelTime = Ticks(item.KernelTime100ns);
        MemoryCommitBytes = item.MemoryCommitBytes;
        MemoryWorkingSetPrivateBytes = item.MemoryWorkingSetPrivateBytes;
        MemoryWorkingSetSharedBytes = item.MemoryWorkingSetSharedBytes;
        ServiceDocument = HcsJson.Reproduce(item);
    }

    /// <summary>The id of the container that the process runs in.</summary>
    public string ContainerId { get; }

    /// <summary>Process id inside the container.</summary>
    public uint ProcessId { get; }

    /// <summary>
    /// File name of the executable, with control characters as numbers; for a process that this session
    /// started, its application name or the first word of its command line.
    /// </summary>
    public string? ImageName { get; internal set; }

    /// <summary>The command line of the process, when this session started it.</summary>
    public string? CommandLine { get; internal set; }

    /// <summary>The time when the process started.</summary>
    public DateTimeOffset? StartTime { get; internal set; }

    /// <summary>Time in user mode.</summary>
    public TimeSpan? UserTime { get; }

    /// <summary>Time in kernel mode.</summary>
    public TimeSpan? KernelTime { get; }

    /// <summary>Committed memory.</summary>
    public ulong? MemoryCommitBytes { get; }

    /// <summary>Private working set.</summary>
    public ulong? MemoryWorkingSetPrivateBytes { get; }

    /// <summary>Shared working set.</summary>
    public ulong? MemoryWorkingSetSharedBytes { get; }

    /// <summary>True when the process is known to have exited.</summary>
    public bool HasExited => Tracked?.Status is not null || ReceivedExit is not null;

    /// <summary>
    /// Exit code, 0 to 4294967295; null while the process runs, or when this session did not hold it.
    /// </summary>
    public long? ExitCode =>
        Tracked?.Status is { LastWaitResult: 0 } status ? status.ExitCode : ReceivedExit?.ExitCode;

    /// <summary>
    /// True when the embedded host killed the process (exit code 137) because the memory of its container was used up.
    /// </summary>
    public bool IsOutOfMemory => Tracked?.Status?.OutOfMemory ?? ReceivedExit?.IsOutOfMemory == true;

    internal override string? ServiceDocument { get; }

    /// <summary>The program of the process, as messages name it.</summary>
    internal string? Program { get; set; }

    internal TrackedProcess? Tracked { get; set; }

    /// <summary>The exit, for a process of a host behind a session; null while it runs.</summary>
    internal ReceivedExit? ReceivedExit { get; set; }

    /// <summary>The exit code, as native commands have it in <c>$LASTEXITCODE</c>; -1 when it is not known.</summary>
    internal int LastExitCode => unchecked((int)(ExitCode ?? -1));

    /// <inheritdoc/>
    public bool Equals(HcsProcess? other) => other is not null && CompareTo(other) == 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as HcsProcess);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        Interop.Documents.ContainerId.Comparer.GetHashCode(ContainerId) ^ ProcessId.GetHashCode() ^ HostInstance.GetHashCode();

    /// <summary>Compares by container, then by process id, then by host.</summary>
    public int CompareTo(HcsProcess? other)
    {
        if (other is null)
        {
            return 1;
        }

        int containers = Interop.Documents.ContainerId.Comparer.Compare(ContainerId, other.ContainerId);
        return containers != 0 ? containers
            : ProcessId.CompareTo(other.ProcessId) is not 0 and var order ? order
            : HostInstance.CompareTo(other.HostInstance);
    }

    /// <inheritdoc/>
    public int CompareTo(object? obj) => CompareTo(obj as HcsProcess);

    /// <inheritdoc/>
    public override string ToString() => $"{ProcessId} ({ContainerId})";

    private static TimeSpan? Ticks(ulong? value) => value is { } ticks ? TimeSpan.FromTicks((long)ticks) : null;
}

/// <summary>The exit of a process, as another process knows it.</summary>
/// <param name="ExitCode">The exit code; null when it is not known.</param>
/// <param name="IsOutOfMemory">True when the process was killed because the memory of its container was used up.</param>
internal sealed record ReceivedExit(long? ExitCode, bool IsOutOfMemory);
