using System.Text.Json.Serialization;

namespace HcsPowerShell.Interop.Documents;

/// <summary>Selects objects, and what is told of them (HCN <c>HostComputeQuery</c>).</summary>
public sealed class HostComputeQuery : CompositeDocument
{
    /// <summary>Schema of the answer.</summary>
    public SchemaVersion? SchemaVersion { get; set; }

    /// <summary>0, or 1 for a detailed answer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public uint Flags { get; set; }

    /// <summary>JSON as a text, such as <c>{"Name":"nat"}</c>; null means all.</summary>
    public string? Filter { get; set; }
}
