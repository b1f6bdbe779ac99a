using System.Text.Json.Serialization;

namespace HcsPowerShell.Interop.Documents;

/// <summary>One read-only layer (hcsshim <c>Layer</c>).</summary>
public sealed class Layer : HcsDocument
{
    /// <summary>Guid of the layer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? ID { get; set; }

    /// <summary>Folder of the layer on the host.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Path { get; set; }
}
