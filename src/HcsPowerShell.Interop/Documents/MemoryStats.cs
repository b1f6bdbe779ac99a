namespace HcsPowerShell.Interop.Documents;

/// <summary>Memory counters, in bytes (hcsshim <c>MemoryStats</c>).</summary>
public sealed class MemoryStats : HcsDocument
{
    /// <summary>Committed memory.</summary>
    public ulong? MemoryUsageCommitBytes { get; set; }

    /// <summary>Highest committed memory so far.</summary>
    public ulong? MemoryUsageCommitPeakBytes { get; set; }

    /// <summary>Private working set.</summary>
    public ulong? MemoryUsagePrivateWorkingSetBytes { get; set; }
}
