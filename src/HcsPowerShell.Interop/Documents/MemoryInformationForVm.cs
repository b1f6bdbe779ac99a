namespace HcsPowerShell.Interop.Documents;

/// <summary>The memory of a virtual machine (HCS <c>MemoryInformationForVm</c>).</summary>
public sealed class MemoryInformationForVm : CompositeDocument
{
    /// <summary>Number of its virtual NUMA nodes.</summary>
    public uint? VirtualNodeCount { get; set; }

    /// <summary>What it has and uses.</summary>
    public VirtualMachineMemory? VirtualMachineMemory { get; set; }
}
