using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Documents.Values;

namespace HcsPowerShell.Targets;

/// <summary>A path of the host in a document.</summary>
/// <param name="Member">The member, as in <c>MappedDirectories[0].HostPath</c>.</param>
/// <param name="Path">The path.</param>
internal sealed record HostPath(string Member, string Path);

/// <summary>A layer in a document.</summary>
/// <param name="IdMember">The member with the id.</param>
/// <param name="Id">The id; null or empty when there is none.</param>
/// <param name="Place">The member with the path, and the path.</param>
internal sealed record NamedLayer(string IdMember, string? Id, HostPath Place);

/// <summary>The members of a container's document that name something on its host, in either schema.</summary>
internal sealed record HostMembers
{
    /// <summary>The folder of the scratch.</summary>
    public HostPath? Scratch { get; private init; }

    /// <summary>The volume of the mounted scratch.</summary>
    public HostPath? Volume { get; private init; }

    /// <summary>The member with the list of the layers.</summary>
    public string LayersMember { get; private init; } = nameof(ContainerConfig.Layers);

    /// <summary>The layers, newest first.</summary>
    public IReadOnlyList<NamedLayer> Layers { get; private init; } = [];

    /// <summary>The folders that the container sees.</summary>
    public IReadOnlyList<HostPath> Folders { get; private init; } = [];

    /// <summary>The virtual disks that the container sees.</summary>
    public IReadOnlyList<HostPath> Disks { get; private init; } = [];

    /// <summary>True for a container under Hyper-V isolation.</summary>
    public bool IsHyperV { get; private init; }

    /// <summary>True for a container of Linux on Windows.</summary>
    public bool IsLinux { get; private init; }

    /// <summary>The utility virtual machine.</summary>
    public HvRuntime? Utility { get; private init; }

    /// <summary>The members of a document; null for one that is no container's, or one inside a virtual machine.</summary>
    public static HostMembers? Of(HcsDocument document) => document switch
    {
        ContainerConfig config => Of(config),
        ComputeSystem { HostingSystemId: null or "", Container: { } container } => Of(container, "Container."),
        Container container => Of(container, string.Empty),
        _ => null,
    };

    private static HostMembers Of(ContainerConfig config) => new()
    {
        Scratch = At(nameof(config.LayerFolderPath), config.LayerFolderPath),
        Volume = At(nameof(config.VolumePath), config.VolumePath),
        Layers =
        [
            .. (config.Layers ?? []).SelectMany((layer, i) => Named($"Layers[{i}].ID", layer?.ID, $"Layers[{i}].Path", layer?.Path)),
        ],
        Folders = Places((config.MappedDirectories ?? []).Select(folder => folder?.HostPath), "MappedDirectories"),
        Disks = Places((config.MappedVirtualDisks ?? []).Select(disk => disk?.HostPath), "MappedVirtualDisks"),
        IsHyperV = config.HvPartition,
        IsLinux = config.ContainerType == "Linux",
        Utility = config.HvRuntime,
    };

    private static HostMembers Of(Container container, string above)
    {
        string storage = $"{above}Storage.";
        string layers = $"{storage}Layers";
        return new HostMembers
        {
            Volume = At($"{storage}Path", container.Storage?.Path),
            LayersMember = layers,
            Layers =
            [
                .. (container.Storage?.Layers ?? []).SelectMany((layer, i) => IsShare(layer?.PathType)
                    ? []
                    : Named($"{layers}[{i}].Id", layer?.Id, $"{layers}[{i}].Path", layer?.Path)),
            ],
            Folders = Places(
                (container.MappedDirectories ?? []).Select(folder => IsShare(folder?.HostPathType) ? null : folder?.HostPath),
                $"{above}MappedDirectories"),
        };
    }

    private static bool IsShare(string? pathType) => pathType == nameof(PathType.VirtualSmbShareName);

    private static IEnumerable<NamedLayer> Named(string idMember, string? id, string pathMember, string? path) =>
        At(pathMember, path) is { } place ? [new NamedLayer(idMember, id, place)] : [];

    private static IReadOnlyList<HostPath> Places(IEnumerable<string?> paths, string list) =>
        [.. paths.Select((path, i) => At($"{list}[{i}].HostPath", path)).OfType<HostPath>()];

    private static HostPath? At(string member, string? path) => string.IsNullOrEmpty(path) ? null : new HostPath(member, path!);
}
