using System.Collections.Generic;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Contracts;

/// <summary>
/// The members and resources isolation Process accepts and cannot enforce, on every operating system.
/// </summary>
internal static class ProcessIsolationLimits
{
    /// <summary>Members of <see cref="ContainerConfig"/>.</summary>
    internal static IReadOnlyList<string> ContainerMembers { get; } =
    [
        nameof(ContainerConfig.VolumePath),
        nameof(ContainerConfig.IgnoreFlushesDuringBoot),
        nameof(ContainerConfig.LayerFolderPath),
        nameof(ContainerConfig.Layers),
        nameof(ContainerConfig.Credentials),
        nameof(ContainerConfig.ProcessorCount),
        nameof(ContainerConfig.ProcessorWeight),
        nameof(ContainerConfig.ProcessorMaximum),
        nameof(ContainerConfig.StorageIOPSMaximum),
        nameof(ContainerConfig.StorageBandwidthMaximum),
        nameof(ContainerConfig.StorageSandboxSize),
        nameof(ContainerConfig.MemoryMaximumInMB),
        nameof(ContainerConfig.HostName),
        nameof(ContainerConfig.MappedDirectories),
        nameof(ContainerConfig.MappedPipes),
        nameof(ContainerConfig.HvPartition),
        nameof(ContainerConfig.NetworkSharedContainerName),
        nameof(ContainerConfig.EndpointList),
        nameof(ContainerConfig.HvRuntime),
        nameof(ContainerConfig.Servicing),
        nameof(ContainerConfig.AllowUnqualifiedDNSQuery),
        nameof(ContainerConfig.DNSSearchList),
        nameof(ContainerConfig.ContainerType),
        nameof(ContainerConfig.MappedVirtualDisks),
    ];

    /// <summary>Resources a request can change.</summary>
    internal static IReadOnlyList<string> Resources { get; } =
    [
        ResourceName.Network,
        ResourceName.MappedVirtualDisk,
        ResourceName.Memory,
        ResourceName.Processor,
        ResourceName.MappedDirectories,
        ResourceName.MappedPipes,
    ];

    /// <summary>Members of <see cref="ProcessConfig"/>.</summary>
    internal static IReadOnlyList<string> ProcessMembers { get; } =
    [
        nameof(ProcessConfig.User),
        nameof(ProcessConfig.CreateInUtilityVm),
        nameof(ProcessConfig.OCISpecification),
    ];
}
