namespace HcsPowerShell.Embedded.Contracts;

/// <summary>The resources of a running container that a request can change.</summary>
internal static class ResourceName
{
    /// <summary>Schema 1: an endpoint by its id.</summary>
    public const string Network = "Network";

    /// <summary>Schema 1.</summary>
    public const string MappedVirtualDisk = "MappedVirtualDisk";

    /// <summary>Schema 2.</summary>
    public const string Memory = "Container/Memory/SizeInMB";

    /// <summary>Schema 2.</summary>
    public const string Processor = "Container/Processor";

    /// <summary>Schema 2.</summary>
    public const string MappedDirectories = "Container/MappedDirectories";

    /// <summary>Schema 2.</summary>
    public const string MappedPipes = "Container/MappedPipes";
}
