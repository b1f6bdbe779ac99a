using System.Text.Json.Serialization;
using HcsPowerShell.Interop.Documents.Values;

namespace HcsPowerShell.Interop.Documents;

/// <summary>A host pipe seen inside the container (HCS <c>MappedPipe</c> of schema 2).</summary>
public sealed class ContainerMappedPipe : HcsDocument
{
    /// <summary>Name of the pipe in the container, without <c>\\.\pipe\</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? ContainerPipeName { get; set; }

    /// <summary>Path of the pipe on the host.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? HostPath { get; set; }

    /// <summary>AbsolutePath or VirtualSmbPipeName.</summary>
    [OneOf(typeof(MappedPipePathType))]
    public string? HostPathType { get; set; }
}
