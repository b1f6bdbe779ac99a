namespace HcsPowerShell.Interop.Documents;

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
