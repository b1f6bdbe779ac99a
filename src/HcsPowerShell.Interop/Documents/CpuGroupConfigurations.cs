namespace HcsPowerShell.Interop.Documents;

/// <summary>The CPU groups of the host (HCS <c>CpuGroupConfigurations</c>).</summary>
public sealed class CpuGroupConfigurations : CompositeDocument
{
    /// <summary>The groups.</summary>
    public CpuGroupConfig[]? CpuGroups { get; set; }
}
