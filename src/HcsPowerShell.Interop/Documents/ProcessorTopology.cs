namespace HcsPowerShell.Interop.Documents;

/// <summary>The logical processors of the host (HCS <c>ProcessorTopology</c>).</summary>
public sealed class ProcessorTopology : CompositeDocument
{
    /// <summary>Number of logical processors.</summary>
    public uint? LogicalProcessorCount { get; set; }

    /// <summary>The logical processors.</summary>
    public LogicalProcessor[]? LogicalProcessors { get; set; }
}

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
