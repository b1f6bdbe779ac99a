using System.Text.Json.Serialization;

namespace HcsPowerShell.Interop.Documents;

/// <summary>A host folder seen inside the container (hcsshim <c>MappedDir</c>).</summary>
public sealed class MappedDir : HcsDocument
{
    /// <summary>Folder on the host.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? HostPath { get; set; }

    /// <summary>Path inside the container.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? ContainerPath { get; set; }

    /// <summary>The container cannot write to it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool ReadOnly { get; set; }

    /// <summary>Bytes per second; 0 means no limit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ulong BandwidthMaximum { get; set; }

    /// <summary>Operations per second; 0 means no limit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ulong IOPSMaximum { get; set; }
}
