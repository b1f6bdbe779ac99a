using HcsPowerShell.Hosts;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Ownership;

namespace HcsPowerShell;

/// <summary>
/// A compute system that is a virtual machine, with its memory and processors. A property that the service does not give is
/// null.
/// </summary>
public sealed class HcsVirtualMachine : HcsContainer
{
    private const ulong PageBytes = 4096;

    internal HcsVirtualMachine(
        HcsHost host,
        ContainerProperties properties,
        TrackedContainer? tracked,
        OwnedScratch? scratch,
        MemoryInformationForVm? known,
        ProcessorTopology? processors)
        : base(host, properties, tracked, scratch)
    {
        VirtualMachineMemory? memory = known?.VirtualMachineMemory;
        AssignedMemoryBytes = BytesOf(memory?.AssignedMemory);
        ReservedMemoryBytes = BytesOf(memory?.ReservedMemory);
        AvailableMemory = memory?.AvailableMemory;
        IsMemoryBalanced = memory?.BalancingEnabled;
        VirtualNodeCount = known?.VirtualNodeCount;
        ProcessorCount = processors?.LogicalProcessorCount ?? (uint?)processors?.LogicalProcessors?.Length;
    }

    /// <summary>Makes the live object for a machine of a host behind a session.</summary>
    internal static HcsVirtualMachine Received(HcsHost host, ContainerProperties properties, PropertiesOf told) => new(
        host,
        properties,
        tracked: null,
        scratch: null,
        new MemoryInformationForVm
        {
            VirtualNodeCount = told.Find<uint>(nameof(VirtualNodeCount)),
            VirtualMachineMemory = new VirtualMachineMemory
            {
                AssignedMemory = told.Find<ulong>(nameof(AssignedMemoryBytes)) / PageBytes,
                ReservedMemory = told.Find<ulong>(nameof(ReservedMemoryBytes)) / PageBytes,
                AvailableMemory = told.Find<int>(nameof(AvailableMemory)),
                BalancingEnabled = told.Find<bool>(nameof(IsMemoryBalanced)),
            },
        },
        new ProcessorTopology { LogicalProcessorCount = told.Find<uint>(nameof(ProcessorCount)) });

    /// <summary>Memory that the machine has at present.</summary>
    public ulong? AssignedMemoryBytes { get; }

    /// <summary>Memory that the host keeps for the machine.</summary>
    public ulong? ReservedMemoryBytes { get; }

    /// <summary>Memory that the guest does not use, as the service reports it; HCS documents no unit.</summary>
    public int? AvailableMemory { get; }

    /// <summary>True when the host gives the machine memory and takes it back, by its demand.</summary>
    public bool? IsMemoryBalanced { get; }

    /// <summary>Number of its virtual NUMA nodes.</summary>
    public uint? VirtualNodeCount { get; }

    /// <summary>Number of its processors.</summary>
    public uint? ProcessorCount { get; }

    // A number of pages that has no number of bytes is no answer.
    private static ulong? BytesOf(ulong? pages) => pages <= ulong.MaxValue / PageBytes ? pages * PageBytes : null;
}
