namespace HcsPowerShell.Interop.Documents;

/// <summary>A logical processor of the host (HCS <c>LogicalProcessor</c>).</summary>
public sealed class LogicalProcessor : HcsDocument
{
    /// <summary>Its number.</summary>
    public uint? LpIndex { get; set; }

    /// <summary>Number of its NUMA node.</summary>
    public uint? NodeNumber { get; set; }

    /// <summary>Number of its package, that is its socket.</summary>
    public uint? PackageId { get; set; }

    /// <summary>Number of its core.</summary>
    public uint? CoreId { get; set; }

    /// <summary>Number of the virtual processor of the host that runs on it; -1 for none.</summary>
    public int? RootVpIndex { get; set; }
}
