namespace HcsPowerShell.Interop.Documents;

/// <summary>Limits of the storage (HCS <c>StorageQoS</c>).</summary>
public sealed class StorageQoS : HcsDocument
{
    /// <summary>Operations per second; 0 means no limit.</summary>
    public ulong IopsMaximum { get; set; }

    /// <summary>Bytes per second; 0 means no limit.</summary>
    public ulong BandwidthMaximum { get; set; }
}
