using System.Collections.Generic;
using System.Linq;

namespace HcsPowerShell.Interop.Documents.Translation;

/// <summary>The paths in a schema 2 document of the members of a schema 1 configuration.</summary>
internal static class SystemMembers
{
    private static readonly Dictionary<string, string> s_paths = new()
    {
        [nameof(ContainerConfig.HostName)] = "Container.GuestOs.HostName",
        [nameof(ContainerConfig.VolumePath)] = "Container.Storage.Path",
        [nameof(ContainerConfig.Layers)] = "Container.Storage.Layers",
        [nameof(ContainerConfig.StorageIOPSMaximum)] = "Container.Storage.QoS.IopsMaximum",
        [nameof(ContainerConfig.StorageBandwidthMaximum)] = "Container.Storage.QoS.BandwidthMaximum",
        [nameof(ContainerConfig.MappedDirectories)] = "Container.MappedDirectories",
        [nameof(ContainerConfig.MappedPipes)] = "Container.MappedPipes",
        [nameof(ContainerConfig.MemoryMaximumInMB)] = "Container.Memory.SizeInMB",
        [nameof(ContainerConfig.ProcessorCount)] = "Container.Processor.Count",
        [nameof(ContainerConfig.ProcessorWeight)] = "Container.Processor.Weight",
        [nameof(ContainerConfig.ProcessorMaximum)] = "Container.Processor.Maximum",
        [nameof(ContainerConfig.NetworkSharedContainerName)] = "Container.Networking.NetworkSharedContainerName",
        [nameof(ContainerConfig.AllowUnqualifiedDNSQuery)] = "Container.Networking.AllowUnqualifiedDnsQuery",
        [nameof(ContainerConfig.EndpointList)] = "Container.Networking.Namespace",
        [nameof(ContainerConfig.DNSSearchList)] = "Container.Networking.DnsSearchList",
    };

    /// <summary>Paths of the members that only schema 2 has.</summary>
    public static IReadOnlyList<string> WithoutCounterpart { get; } =
    [
        "Container.Networking.NetworkAdapters",
        "Container.HvSocket",
        "Container.ContainerCredentialGuard",
        "Container.RegistryChanges",
        "Container.AssignedDevices",
        "Container.AdditionalDeviceNamespace",
    ];

    /// <summary>
    /// Returns the schema 2 paths of the given members of <see cref="ContainerConfig"/>, for those that schema 2 has.
    /// </summary>
    public static IEnumerable<string> Of(IEnumerable<string> configMembers) =>
        configMembers.Where(s_paths.ContainsKey).Select(member => s_paths[member]);
}
