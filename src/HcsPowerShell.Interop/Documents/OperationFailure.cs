namespace HcsPowerShell.Interop.Documents;

/// <summary>Names the operation that failed (HCS <c>OperationFailure</c>).</summary>
public sealed class OperationFailure : HcsDocument
{
    /// <summary>Construct, Start, ExecuteProcess and so on.</summary>
    public string? Detail { get; set; }
}
