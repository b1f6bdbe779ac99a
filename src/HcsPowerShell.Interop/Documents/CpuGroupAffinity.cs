namespace HcsPowerShell.Interop.Documents;

/// <summary>The logical processors of a CPU group (HCS <c>CpuGroupAffinity</c>).</summary>
public sealed class CpuGroupAffinity : CompositeDocument
{
    /// <summary>Number of logical processors.</summary>
    public uint? LogicalProcessorCount { get; set; }

    /// <summary>Their numbers.</summary>
    public uint[]? LogicalProcessors { get; set; }
}
