using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell;

/// <summary>One sample of a container's counters. A counter that the service did not report is null, never 0.</summary>
public sealed class HcsStatistics : HcsOutput
{
    private readonly Statistics _sample;

    internal HcsStatistics(HcsHost host, string containerId, Statistics sample)
        : base(host)
    {
        _sample = sample;
        ContainerId = containerId;
        Timestamp = sample.Timestamp?.ToLocalTime();
        ContainerStartTime = sample.ContainerStartTime?.ToLocalTime();
        Uptime = Ticks(sample.Uptime100ns);
        TotalRuntime = Ticks(sample.Processor?.TotalRuntime100ns);
        RuntimeUser = Ticks(sample.Processor?.RuntimeUser100ns);
        RuntimeKernel = Ticks(sample.Processor?.RuntimeKernel100ns);
        MemoryUsageCommitBytes = sample.Memory?.MemoryUsageCommitBytes;
        MemoryUsageCommitPeakBytes = sample.Memory?.MemoryUsageCommitPeakBytes;
        MemoryUsagePrivateWorkingSetBytes = sample.Memory?.MemoryUsagePrivateWorkingSetBytes;
        ReadCountNormalized = sample.Storage?.ReadCountNormalized;
        ReadSizeBytes = sample.Storage?.ReadSizeBytes;
        WriteCountNormalized = sample.Storage?.WriteCountNormalized;
        WriteSizeBytes = sample.Storage?.WriteSizeBytes;
        Network = sample.Network?.Select(n => new HcsNetworkStatistics(n)).ToArray() ?? [];
    }

    /// <summary>The id of the container.</summary>
    public string ContainerId { get; }

    /// <summary>The time when the sample was taken.</summary>
    public DateTimeOffset? Timestamp { get; }

    /// <summary>The time when the container started.</summary>
    public DateTimeOffset? ContainerStartTime { get; }

    /// <summary>The time since the start of the container.</summary>
    public TimeSpan? Uptime { get; }

    /// <summary>Processor time, user and kernel, over all processors.</summary>
    public TimeSpan? TotalRuntime { get; }

    /// <summary>Processor time in user mode.</summary>
    public TimeSpan? RuntimeUser { get; }

    /// <summary>Processor time in kernel mode.</summary>
    public TimeSpan? RuntimeKernel { get; }

    /// <summary>Committed memory.</summary>
    public ulong? MemoryUsageCommitBytes { get; }

    /// <summary>Highest committed memory so far.</summary>
    public ulong? MemoryUsageCommitPeakBytes { get; }

    /// <summary>Private working set.</summary>
    public ulong? MemoryUsagePrivateWorkingSetBytes { get; }

    /// <summary>Read operations, normalised by size.</summary>
    public ulong? ReadCountNormalized { get; }

    /// <summary>Bytes read.</summary>
    public ulong? ReadSizeBytes { get; }

    /// <summary>Write operations, normalised by size.</summary>
    public ulong? WriteCountNormalized { get; }

    /// <summary>Bytes written.</summary>
    public ulong? WriteSizeBytes { get; }

    /// <summary>Counters of each network endpoint; empty when the service reports none.</summary>
    public IReadOnlyList<HcsNetworkStatistics> Network { get; }

    /// <summary>
    /// Share of one processor that was used since the previous sample, in percent; 200 is two processors. Null in a
    /// first sample.
    /// </summary>
    public double? CpuPercent { get; internal set; }

    /// <summary>Bytes read per second since the previous sample; null in a first sample.</summary>
    public double? ReadBytesPerSec { get; internal set; }

    /// <summary>Bytes written per second since the previous sample; null in a first sample.</summary>
    public double? WriteBytesPerSec { get; internal set; }

    internal override string? ServiceDocument => HcsJson.Reproduce(_sample);

    internal HcsStatistics Since(HcsStatistics? before)
    {
        if ((Timestamp - before?.Timestamp)?.TotalSeconds is { } seconds && seconds > 0)
        {
            CpuPercent = (TotalRuntime - before?.TotalRuntime)?.TotalSeconds / seconds * 100;
            ReadBytesPerSec = Rate(ReadSizeBytes, before?.ReadSizeBytes, seconds);
            WriteBytesPerSec = Rate(WriteSizeBytes, before?.WriteSizeBytes, seconds);
        }

        return this;
    }

    // A counter that went backwards belongs to a container that was replaced: no rate is better than a wrong one.
    private static double? Rate(ulong? now, ulong? before, double seconds) =>
        now >= before ? (now - before) / seconds : null;

    private static TimeSpan? Ticks(ulong? value) => value is { } ticks ? TimeSpan.FromTicks((long)ticks) : null;
}
