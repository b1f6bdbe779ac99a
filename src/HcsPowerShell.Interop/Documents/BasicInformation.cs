namespace HcsPowerShell.Interop.Documents;

/// <summary>The schema versions that the service supports (HCS <c>BasicInformation</c>).</summary>
public sealed class BasicInformation : CompositeDocument
{
    /// <summary>The newest minor version of each major version; it implies the lower minor ones.</summary>
    public SchemaVersion[]? SupportedSchemaVersions { get; set; }
}
