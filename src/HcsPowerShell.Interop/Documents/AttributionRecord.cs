namespace HcsPowerShell.Interop.Documents;

/// <summary>One cause of a failure; exactly one member is set (HCS <c>AttributionRecord</c>).</summary>
public sealed class AttributionRecord : HcsDocument
{
    /// <summary>The operation that failed.</summary>
    public OperationFailure? OperationFailure { get; set; }
}
