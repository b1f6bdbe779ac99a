using System.Text.Json.Serialization;

namespace HcsPowerShell.Interop.Documents;

/// <summary>The description of a failure by the service (HCS <c>ResultError</c>).</summary>
public sealed class ResultError : CompositeDocument
{
    /// <summary>HRESULT.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int Error { get; set; }

    /// <summary>Text in the language of the operating system; often empty.</summary>
    public string? ErrorMessage { get; set; }

    /// <summary>Events that led to the failure; often the only useful text.</summary>
    public ErrorEvent[]? ErrorEvents { get; set; }

    /// <summary>Causes; since schema 2.4.</summary>
    [SinceSchema(2, 4)]
    public AttributionRecord[]? Attribution { get; set; }
}
