using System.Text.Json.Serialization;

namespace HcsPowerShell.Interop.Documents;

/// <summary>The document of an event, whose form is not published.</summary>
internal sealed class NetworkEventData : HcsDocument
{
    /// <summary>Guid of the object.</summary>
    [JsonPropertyName("ID")]
    public string? Id { get; set; }
}
