namespace HcsPowerShell.Interop.Documents;

/// <summary>The CPU groups of the host (HCS <c>CpuGroupConfigurations</c>).</summary>
public sealed class CpuGroupConfigurations : CompositeDocument
{
    /// <summary>The groups.</summary>
    public CpuGroupConfig[]? CpuGroups { get; set; }
}

/// <summary>A group of processors that virtual machines are bound to (HCS <c>CpuGroupConfig</c>).</summary>
public sealed class CpuGroupConfig : CompositeDocument
{
    /// <summary>Guid of the group.</summary>
    public string? GroupId { get; set; }

    /// <summary>The processors of the group.</summary>
    public CpuGroupAffinity? Affinity { get; set; }

    /// <summary>Limits of the group, by code.</summary>
    public CpuGroupProperty[]? GroupProperties { get; set; }

    /// <summary>Number that the hypervisor knows the group by.</summary>
    public ulong? HypervisorGroupId { get; set; }
}

/// <summary>The logical processors of a CPU group (HCS <c>CpuGroupAffinity</c>).</summary>
public sealed class CpuGroupAffinity : CompositeDocument
{
    /// <summary>Number of logical processors.</summary>
    public uint? LogicalProcessorCount { get; set; }

    /// <summary>Their numbers.</summary>
    public uint[]? LogicalProcessors { get; set; }
}

/// <summary>A limit of a CPU group (HCS <c>CpuGroupProperty</c>).</summary>
public sealed class CpuGroupProperty : HcsDocument
{
    /// <summary>The code of the hypervisor: 0x10000 is the limit of its processor time.</summary>
    public uint? PropertyCode { get; set; }

    /// <summary>The value; 65536 is all of the processor time of the group.</summary>
    public uint? PropertyValue { get; set; }
}
