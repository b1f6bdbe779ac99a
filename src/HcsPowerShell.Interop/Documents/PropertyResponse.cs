namespace HcsPowerShell.Interop.Documents;

/// <summary>The answer to one property, or why there is none (HCS <c>PropertyResponse</c>).</summary>
[SinceSchema(2, 5)]
public sealed class PropertyResponse : CompositeDocument
{
    /// <summary>Why the property could not be given.</summary>
    public ResultError? Error { get; set; }

    /// <summary>The property.</summary>
    public RawJson? Response { get; set; }
}
