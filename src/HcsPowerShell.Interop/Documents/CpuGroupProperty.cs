namespace HcsPowerShell.Interop.Documents;

/// <summary>A limit of a CPU group (HCS <c>CpuGroupProperty</c>).</summary>
public sealed class CpuGroupProperty : HcsDocument
{
    /// <summary>The code of the hypervisor: 0x10000 is the limit of its processor time.</summary>
    public uint? PropertyCode { get; set; }

    /// <summary>The value; 65536 is all of the processor time of the group.</summary>
    public uint? PropertyValue { get; set; }
}
