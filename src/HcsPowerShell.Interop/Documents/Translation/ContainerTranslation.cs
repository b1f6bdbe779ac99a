using System;
using System.Linq;

namespace HcsPowerShell.Interop.Documents.Translation;

/// <summary>Writes a schema 1 container configuration as a schema 2 document.</summary>
public static class ContainerTranslation
{
    /// <param name="config">The configuration to translate; its Name becomes the id argument of the call.</param>
    /// <param name="version">Schema to write, 2.0 or later.</param>
    /// <exception cref="HcsTranslationException">A member has no counterpart in schema 2.</exception>
    public static ComputeSystem ToComputeSystem(ContainerConfig config, SchemaVersion version)
    {
        WithoutCounterpart.Refuse(config);
        return new ComputeSystem
        {
            Owner = config.Owner,
            SchemaVersion = version,
            ShouldTerminateOnLastHandleClosed = config.TerminateOnLastHandleClosed,
            Container = new Container
            {
                GuestOs = IsSet(config.HostName) ? new GuestOs { HostName = config.HostName } : null,
                Storage = Storage(config),
                MappedDirectories = config.MappedDirectories?.Select(Directory).ToArray(),
                MappedPipes = config.MappedPipes?.Select(Pipe).ToArray(),
                Memory = config.MemoryMaximumInMB == 0 ? null : Memory(config.MemoryMaximumInMB),
                Processor = Processor(config),
                Networking = Networking(config),
                AssignedDevices = WithoutCounterpart.AssignedDevices(config),
            },
        };
    }

    private static ContainerStorage? Storage(ContainerConfig config)
    {
        bool isLimited = config.StorageIOPSMaximum != 0 || config.StorageBandwidthMaximum != 0;
        return config.Layers is not { Length: > 0 } && !IsSet(config.VolumePath) && !isLimited
            ? null
            : new ContainerStorage
            {
                Layers = config.Layers?.Select(l => new ContainerLayer { Id = l.ID, Path = l.Path }).ToArray(),
                Path = VolumePath(config.VolumePath),
                QoS = isLimited
                    ? new StorageQoS
                    {
                        IopsMaximum = config.StorageIOPSMaximum,
                        BandwidthMaximum = config.StorageBandwidthMaximum,
                    }
                    : null,
            };
    }

    /// <summary>Adds the trailing backslash, which schema 2 requires and schema 1 forbids.</summary>
    private static string? VolumePath(string? path) =>
        !IsSet(path) || path!.EndsWith("\\", StringComparison.Ordinal) ? path : path + "\\";

    private static ContainerMappedDirectory Directory(MappedDir directory, int index)
    {
        string member = $"MappedDirectories[{index}].";
        const string Reason = "schema 2 limits the storage of the whole container only";
        WithoutCounterpart.Refuse(
            directory.BandwidthMaximum != 0, member + nameof(MappedDir.BandwidthMaximum), Reason);
        WithoutCounterpart.Refuse(directory.IOPSMaximum != 0, member + nameof(MappedDir.IOPSMaximum), Reason);
        return new ContainerMappedDirectory
        {
            HostPath = directory.HostPath,
            ContainerPath = directory.ContainerPath,
            ReadOnly = directory.ReadOnly,
        };
    }

    private static ContainerMappedPipe Pipe(MappedPipe pipe) =>
        new() { HostPath = pipe.HostPath, ContainerPipeName = pipe.ContainerPipeName };

    /// <summary>Schema 2 takes an even number of megabytes.</summary>
    private static ContainerMemory Memory(long megabytes)
    {
        WithoutCounterpart.Refuse(
            megabytes < 0, nameof(ContainerConfig.MemoryMaximumInMB), "a limit is a positive number");
        return new ContainerMemory { SizeInMB = ((ulong)megabytes + 1) & ~1UL };
    }

    private static ContainerProcessor? Processor(ContainerConfig config)
    {
        (string Name, bool IsSet)[] members =
        [
            (nameof(config.ProcessorCount), config.ProcessorCount != 0),
            (nameof(config.ProcessorWeight), config.ProcessorWeight != 0),
            (nameof(config.ProcessorMaximum), config.ProcessorMaximum != 0),
        ];
        string[] set = [.. members.Where(m => m.IsSet).Select(m => m.Name)];
        WithoutCounterpart.Refuse(
            set.Length > 1,
            set.LastOrDefault() ?? string.Empty,
            "schema 2 takes one of ProcessorCount, ProcessorWeight and ProcessorMaximum");
        WithoutCounterpart.Refuse(
            config.ProcessorWeight > long.MaxValue, nameof(config.ProcessorWeight), "a weight is at most 10000");
        return set.Length == 0
            ? null
            : new ContainerProcessor
            {
                Count = config.ProcessorCount,
                Weight = (long)config.ProcessorWeight,
                Maximum = config.ProcessorMaximum,
            };
    }

    private static ContainerNetworking? Networking(ContainerConfig config) =>
        !config.AllowUnqualifiedDNSQuery && !IsSet(config.DNSSearchList) && !IsSet(config.NetworkSharedContainerName)
            ? null
            : new ContainerNetworking
            {
                AllowUnqualifiedDnsQuery = config.AllowUnqualifiedDNSQuery,
                DnsSearchList = config.DNSSearchList,
                NetworkSharedContainerName = config.NetworkSharedContainerName,
            };

    private static bool IsSet(string? text) => !string.IsNullOrEmpty(text);
}
