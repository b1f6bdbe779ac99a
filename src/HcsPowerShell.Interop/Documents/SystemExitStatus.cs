using System.Text.Json.Serialization;
using HcsPowerShell.Interop.Documents.Values;

namespace HcsPowerShell.Interop.Documents;

/// <summary>How a compute system ended (HCS <c>SystemExitStatus</c>).</summary>
public sealed class SystemExitStatus : CompositeDocument
{
    /// <summary>HRESULT of the exit; 0 is success.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int Status { get; set; }

    /// <summary>GracefulExit, ForcedExit, UnexpectedExit, None or Unknown; absent before schema 2.2.</summary>
    [SinceSchema(2, 2)]
    [OneOf(typeof(NotificationType))]
    public string? ExitType { get; set; }

    /// <summary>
    /// The text of an exit document that could not be read; null otherwise. It is not a member of the document.
    /// </summary>
    [JsonIgnore]
    public string? UnreadText { get; set; }

    /// <summary>The causes of the exit, as the service sees them; since schema 2.4.</summary>
    [SinceSchema(2, 4)]
    public AttributionRecord[]? Attribution { get; set; }
}
