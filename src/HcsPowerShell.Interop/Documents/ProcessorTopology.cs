namespace HcsPowerShell.Interop.Documents;

/// <summary>The logical processors of the host (HCS <c>ProcessorTopology</c>).</summary>
public sealed class ProcessorTopology : CompositeDocument
{
    /// <summary>Number of logical processors.</summary>
    public uint? LogicalProcessorCount { get; set; }

    /// <summary>The logical processors.</summary>
    public LogicalProcessor[]? LogicalProcessors { get; set; }
}
