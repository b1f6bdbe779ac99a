namespace HcsPowerShell.Interop.Documents;

/// <summary>A virtual processor had a triple fault (HCS <c>TripleFault</c>).</summary>
[SinceSchema(2, 4)]
public sealed class TripleFault : HcsDocument
{
    /// <summary>Kind of the fault.</summary>
    public ulong? ErrorType { get; set; }
}
