namespace HcsPowerShell.Interop.Documents;

/// <summary>A virtual processor gave up (HCS <c>TripleFault</c>).</summary>
[SinceSchema(2, 4)]
public sealed class TripleFault : HcsDocument
{
    /// <summary>Kind of the fault.</summary>
    public ulong? ErrorType { get; set; }
}
