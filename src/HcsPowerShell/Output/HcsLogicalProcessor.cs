using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell;

/// <summary>A logical processor of a host.</summary>
public sealed class HcsLogicalProcessor : HcsOutput
{
    internal HcsLogicalProcessor(HcsHost host, LogicalProcessor processor)
        : base(host)
    {
        Index = processor.LpIndex;
        NodeNumber = processor.NodeNumber;
        PackageId = processor.PackageId;
        CoreId = processor.CoreId;
        RootVpIndex = processor.RootVpIndex < 0 ? null : processor.RootVpIndex;
    }

    /// <summary>Its number.</summary>
    public uint? Index { get; }

    /// <summary>Number of its NUMA node.</summary>
    public uint? NodeNumber { get; }

    /// <summary>Number of its package, that is its socket.</summary>
    public uint? PackageId { get; }

    /// <summary>Number of its core; two of one core are threads of it.</summary>
    public uint? CoreId { get; }

    /// <summary>Number of the virtual processor of the host that runs on it; null for none.</summary>
    public int? RootVpIndex { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Index}";
}
