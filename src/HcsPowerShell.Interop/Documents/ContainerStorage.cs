namespace HcsPowerShell.Interop.Documents;

/// <summary>Storage of a container (HCS <c>Storage</c>).</summary>
public sealed class ContainerStorage : CompositeDocument
{
    /// <summary>Read-only layers, newest parent first, base operating system last.</summary>
    public ContainerLayer[]? Layers { get; set; }

    /// <summary>Scratch volume, with a trailing backslash.</summary>
    public string? Path { get; set; }

    /// <summary>Limits of the storage.</summary>
    public StorageQoS? QoS { get; set; }
}
