namespace HcsPowerShell.Interop.Documents;

/// <summary>The memory of a virtual machine (HCS <c>MemoryInformationForVm</c>).</summary>
public sealed class MemoryInformationForVm : CompositeDocument
{
    /// <summary>Number of its virtual NUMA nodes.</summary>
    public uint? VirtualNodeCount { get; set; }

    /// <summary>The memory that it has and uses.</summary>
    public VirtualMachineMemory? VirtualMachineMemory { get; set; }
}

/// <summary>The memory that a virtual machine has and uses (HCS <c>VirtualMachineMemory</c>).</summary>
public sealed class VirtualMachineMemory : HcsDocument
{
    /// <summary>Memory that the guest does not use. HCS documents no unit.</summary>
    public int? AvailableMemory { get; set; }

    /// <summary>Memory reserved for the machine, in pages of 4 KB.</summary>
    public ulong? ReservedMemory { get; set; }

    /// <summary>Memory assigned to the machine, in pages of 4 KB.</summary>
    public ulong? AssignedMemory { get; set; }

    /// <summary>The host gives the machine memory and takes it back, by its demand.</summary>
    public bool? BalancingEnabled { get; set; }
}
