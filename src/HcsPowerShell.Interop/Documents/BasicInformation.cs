namespace HcsPowerShell.Interop.Documents;

/// <summary>What the service understands (HCS <c>BasicInformation</c>).</summary>
public sealed class BasicInformation : HcsDocument
{
    /// <summary>The newest version of each major one; it implies the lower minor ones.</summary>
    public SchemaVersion[]? SupportedSchemaVersions { get; set; }
}
