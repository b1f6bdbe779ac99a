using System;
using System.Text.Json.Serialization;

namespace HcsPowerShell.Interop.Documents;

/// <summary>Version of the HCS schema: 1.0, or 2.0 and later.</summary>
public sealed class SchemaVersion : HcsDocument
{
    /// <summary>Major version.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public uint Major { get; set; }

    /// <summary>Minor version.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public uint Minor { get; set; }

    /// <summary>The class of a document of this version that creates a container.</summary>
    internal Type CreationType => Major > 1 ? typeof(ComputeSystem) : typeof(ContainerConfig);

    /// <summary>Returns the version as a <see cref="Version"/>, which can be compared.</summary>
    public Version ToVersion() => new((int)Math.Min(Major, int.MaxValue), (int)Math.Min(Minor, int.MaxValue));
}
