using System.Text.Json.Serialization;
using HcsPowerShell.Interop.Documents.Values;

namespace HcsPowerShell.Interop.Documents;

/// <summary>A host folder seen inside the container (HCS <c>MappedDirectory</c>).</summary>
public sealed class ContainerMappedDirectory : HcsDocument
{
    /// <summary>Folder on the host.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? HostPath { get; set; }

    /// <summary>AbsolutePath or VirtualSmbShareName.</summary>
    [OneOf(typeof(PathType))]
    public string? HostPathType { get; set; }

    /// <summary>Path inside the container.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? ContainerPath { get; set; }

    /// <summary>The container cannot write to it.</summary>
    public bool ReadOnly { get; set; }

    /// <summary>Placeholders of cloud files are hydrated; since schema 2.3.</summary>
    [SinceSchema(2, 3)]
    public bool SupportCloudFiles { get; set; }
}
