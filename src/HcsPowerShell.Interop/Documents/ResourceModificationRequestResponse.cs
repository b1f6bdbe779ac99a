using System.Text.Json.Serialization;

namespace HcsPowerShell.Interop.Documents;

/// <summary>Changes a resource of a running container (hcsshim <c>ResourceModificationRequestResponse</c>).</summary>
public sealed class ResourceModificationRequestResponse : CompositeDocument
{
    /// <summary>Network or MappedVirtualDisk.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? ResourceType { get; set; }

    /// <summary>The resource: for Network the endpoint id as text.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public RawJson? Settings { get; set; }

    /// <summary>Add or Remove.</summary>
    public string? RequestType { get; set; }
}
