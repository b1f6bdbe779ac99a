using System.Text.Json.Serialization;
using HcsPowerShell.Interop.Documents.Values;

namespace HcsPowerShell.Interop.Documents;

/// <summary>One read-only layer (HCS <c>Layer</c> of schema 2).</summary>
public sealed class ContainerLayer : HcsDocument
{
    /// <summary>Guid of the layer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Id { get; set; }

    /// <summary>Folder of the layer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Path { get; set; }

    /// <summary>AbsolutePath or VirtualSmbShareName.</summary>
    [OneOf(typeof(PathType))]
    public string? PathType { get; set; }

    /// <summary>Unspecified, Disabled, Enabled, Private or PrivateAllowSharing.</summary>
    [OneOf(typeof(CacheMode))]
    public string? Cache { get; set; }
}
