namespace HcsPowerShell.Interop.Documents;

/// <summary>Storage counters since the start (hcsshim <c>StorageStats</c>).</summary>
public sealed class StorageStats : HcsDocument
{
    /// <summary>Read operations, normalised by size.</summary>
    public ulong? ReadCountNormalized { get; set; }

    /// <summary>Bytes read.</summary>
    public ulong? ReadSizeBytes { get; set; }

    /// <summary>Write operations, normalised by size.</summary>
    public ulong? WriteCountNormalized { get; set; }

    /// <summary>Bytes written.</summary>
    public ulong? WriteSizeBytes { get; set; }
}
