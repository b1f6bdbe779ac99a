using System.Text.Json.Serialization;

namespace HcsPowerShell.Interop.Documents;

/// <summary>A virtual disk attached to the container (hcsshim <c>MappedVirtualDisk</c>).</summary>
public sealed class MappedVirtualDisk : HcsDocument
{
    /// <summary>Path of the disk image on the host.</summary>
    public string? HostPath { get; set; }

    /// <summary>Path inside the container.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? ContainerPath { get; set; }

    /// <summary>Attached to the utility virtual machine only.</summary>
    public bool CreateInUtilityVM { get; set; }

    /// <summary>The container cannot write to it.</summary>
    public bool ReadOnly { get; set; }

    /// <summary>Disabled, Enabled, Private or PrivateAllowSharing.</summary>
    public string? Cache { get; set; }

    /// <summary>Attached but not mounted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool AttachOnly { get; set; }
}
