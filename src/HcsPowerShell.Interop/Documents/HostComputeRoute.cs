namespace HcsPowerShell.Interop.Documents;

/// <summary>A route (HCN <c>Route</c>).</summary>
public sealed class HostComputeRoute : HcsDocument
{
    /// <summary>Address of the next router.</summary>
    public string? NextHop { get; set; }

    /// <summary>Prefix of the destinations; 0.0.0.0/0 or ::/0 for the default route.</summary>
    public string? DestinationPrefix { get; set; }

    /// <summary>Metric; the smaller is preferred.</summary>
    public ushort? Metric { get; set; }
}
