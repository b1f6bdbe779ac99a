namespace HcsPowerShell.Interop.Documents;

/// <summary>Processor limit of a container (HCS <c>Container_Processor</c>). At most one member is set.</summary>
public sealed class ContainerProcessor : HcsDocument
{
    /// <summary>Number of processors.</summary>
    public uint Count { get; set; }

    /// <summary>Relative weight, 1 to 10000.</summary>
    public long Weight { get; set; }

    /// <summary>Share in percent times 100, 1 to 10000.</summary>
    public long Maximum { get; set; }
}
