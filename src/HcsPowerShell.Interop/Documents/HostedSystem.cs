using System.Text.Json.Serialization;

namespace HcsPowerShell.Interop.Documents;

/// <summary>A container inside a hosting virtual machine (HCS <c>HostedSystem</c>).</summary>
[SinceSchema(2, 0)]
public sealed class HostedSystem : CompositeDocument
{
    /// <summary>Schema of the guest, which may be older than that of the host.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public SchemaVersion? SchemaVersion { get; set; }

    /// <summary>The container.</summary>
    public Container? Container { get; set; }
}
