using System.Text.Json.Serialization;

namespace HcsPowerShell.Interop.Documents;

/// <summary>A host pipe seen inside the container (hcsshim <c>MappedPipe</c>).</summary>
public sealed class MappedPipe : HcsDocument
{
    /// <summary>Path of the pipe on the host.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? HostPath { get; set; }

    /// <summary>Name of the pipe in the container, without <c>\\.\pipe\</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? ContainerPipeName { get; set; }
}
