using HcsPowerShell.Interop.Documents.Values;

namespace HcsPowerShell.Interop.Documents;

/// <summary>Names the operation that failed (HCS <c>OperationFailure</c>).</summary>
[SinceSchema(2, 4)]
public sealed class OperationFailure : HcsDocument
{
    /// <summary>Construct, Start, ExecuteProcess and so on.</summary>
    [OneOf(typeof(OperationFailureDetail))]
    public string? Detail { get; set; }
}
