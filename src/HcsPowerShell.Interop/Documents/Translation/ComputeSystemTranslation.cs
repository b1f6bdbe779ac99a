using System;
using System.Linq;

namespace HcsPowerShell.Interop.Documents.Translation;

/// <summary>Reads the container of a schema 2 document as a schema 1 configuration.</summary>
public static class ComputeSystemTranslation
{
    /// <summary>
    /// Translates the members that schema 1 has; the others are <see cref="SystemMembers.WithoutCounterpart"/>.
    /// </summary>
    public static ContainerConfig ToContainerConfig(ComputeSystem system)
    {
        Container container = system.Container ?? new Container();
        var config = new ContainerConfig
        {
            SystemType = "Container",
            Owner = system.Owner,
            TerminateOnLastHandleClosed = system.ShouldTerminateOnLastHandleClosed,
            HostName = container.GuestOs?.HostName,
            Layers = container.Storage?.Layers?.Select(l => new Layer { ID = l.Id, Path = l.Path }).ToArray(),
            VolumePath = VolumePath(container.Storage?.Path),
            StorageIOPSMaximum = container.Storage?.QoS?.IopsMaximum ?? 0,
            StorageBandwidthMaximum = container.Storage?.QoS?.BandwidthMaximum ?? 0,
            MappedDirectories = container.MappedDirectories?.Select(Directory).ToArray(),
            MappedPipes = container.MappedPipes?.Select(Pipe).ToArray(),
            MemoryMaximumInMB = (long)Math.Min(container.Memory?.SizeInMB ?? 0, long.MaxValue),
        };
        if (container.Processor is { } processor)
        {
            config.ProcessorCount = processor.Count;
            config.ProcessorWeight = (ulong)Math.Max(processor.Weight, 0);
            config.ProcessorMaximum = processor.Maximum;
        }

        if (container.Networking is { } networking)
        {
            config.NetworkSharedContainerName = networking.NetworkSharedContainerName;
            config.AllowUnqualifiedDNSQuery = networking.AllowUnqualifiedDnsQuery;
            config.DNSSearchList = networking.DnsSearchList;
        }

        return config;
    }

    /// <summary>Removes the trailing backslash, which schema 2 requires and schema 1 forbids.</summary>
    private static string? VolumePath(string? path) =>
        path?.EndsWith("\\", StringComparison.Ordinal) == true ? path.Substring(0, path.Length - 1) : path;

    private static MappedDir Directory(ContainerMappedDirectory directory) => new()
    {
        HostPath = directory.HostPath,
        ContainerPath = directory.ContainerPath,
        ReadOnly = directory.ReadOnly,
    };

    private static MappedPipe Pipe(ContainerMappedPipe pipe) =>
        new() { HostPath = pipe.HostPath, ContainerPipeName = pipe.ContainerPipeName };
}
