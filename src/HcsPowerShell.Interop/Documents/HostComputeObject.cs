using System;
using System.Text.Json.Serialization;

namespace HcsPowerShell.Interop.Documents;

/// <summary>Base class of the objects of the Host Compute Network service (HCN <c>Base</c>).</summary>
public abstract class HostComputeObject : CompositeDocument
{
    private protected HostComputeObject()
    {
    }

    /// <summary>Guid of the object; the service writes it in upper case.</summary>
    [JsonPropertyName("ID")]
    public string? Id { get; set; }

    /// <summary>Name, which need not be unique.</summary>
    public string? Name { get; set; }

    /// <summary>The product that made it, as far as the service keeps that.</summary>
    public string? Owner { get; set; }

    /// <summary>Number of the version of the object, which the service counts.</summary>
    public ulong? Version { get; set; }

    /// <summary>State, a number of the service.</summary>
    public ushort? State { get; set; }

    /// <summary>The facts that the service keeps about the object and its users.</summary>
    public NetworkHealth? Health { get; set; }

    /// <summary>Schema of the document: 2.0 unless a newer member is used.</summary>
    public SchemaVersion? SchemaVersion { get; set; }

    /// <summary>Further parameters, which the service defines.</summary>
    public RawJson? AdditionalParams { get; set; }

    /// <summary>The guid of an object that a service has described.</summary>
    /// <exception cref="HcsDocumentException">The document has none.</exception>
    internal Guid Guid => Guid.TryParse(Id, out Guid id) ? id : throw new HcsDocumentException("ID", "A guid is expected.");

    /// <summary>The name that messages show: the guid of an object without a name.</summary>
    internal string ShownName => string.IsNullOrEmpty(Name) ? Guid.ToString() : Name!;

    /// <summary>A guid as the service writes it.</summary>
    internal static string IdText(Guid id) => id.ToString().ToUpperInvariant();
}
