namespace HcsPowerShell.Interop.Documents;

/// <summary>Memory limit of a container (HCS <c>Container_Memory</c>).</summary>
public sealed class ContainerMemory : HcsDocument
{
    /// <summary>Limit in MiB.</summary>
    public ulong SizeInMB { get; set; }
}
