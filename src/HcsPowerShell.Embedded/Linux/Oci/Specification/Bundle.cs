using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Embedded.Linux.Oci.Networks;
using HcsPowerShell.Embedded.Linux.Oci.State;
using HcsPowerShell.Embedded.Linux.Oci.Storage;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.Specification;

/// <summary>The folder from which runc creates a container, and the loop devices that belong to it.</summary>
internal sealed class Bundle : IDisposable
{
    private readonly FolderRemovals _removals;
    private readonly List<FileHold> _holds = [];
    private readonly PreparedMounts _mounts = new();
    private Scratch? _scratch;
    private MappedDisks? _disks;
    private MountPlaces? _places;
    private int _processIdFiles;

    private Bundle(string folder, FolderRemovals removals)
    {
        Folder = folder;
        _removals = removals;
    }

    public string Folder { get; }

    /// <summary>Paths in the container of the mapped folders, pipes and disks.</summary>
    public IReadOnlyList<string> MappedPaths { get; private set; } = [];

    /// <summary>
    /// Descriptors that must stay open until the container is dead, even if this process ends before.
    /// </summary>
    public IReadOnlyList<FileDescriptor> Held =>
        [.. _holds.Select(hold => hold.Descriptor), .. _disks?.Attached ?? []];

    /// <param name="folder">Folder of the host.</param>
    /// <param name="name">Name by which runc will know the container.</param>
    /// <param name="id">Id of the container.</param>
    /// <param name="config">Its document, which has been checked.</param>
    /// <param name="network">The network it gets.</param>
    /// <exception cref="Interop.HcsException">
    /// A member asks for something that is missing or impossible; the error names it.
    /// </exception>
    public static Bundle Create(HostFolder folder, string name, string id, ContainerConfig config, NetworkPlan network)
    {
        Bundle bundle = new(folder.Bundle(name), folder.Removals);
        HostFolder.MakePrivate(bundle.Folder);
        try
        {
            bundle.Write(folder.Settings, name, id, config, network);
            return bundle;
        }
        catch
        {
            bundle.Dispose();
            throw;
        }
    }

    /// <summary>Gets a file name that no other process has been given.</summary>
    public string NextProcessIdFile() => Path.Combine(Folder, $"{Interlocked.Increment(ref _processIdFiles)}.pid");

    /// <summary>Gets such a name for a socket.</summary>
    public string NextSocket() => Path.Combine(Folder, $"{Interlocked.Increment(ref _processIdFiles)}.tty");

    /// <summary>
    /// Describes the place that cannot hold its mount, and so made runc fail; null when there is none.
    /// </summary>
    public Interop.HcsException? Misplaced() => _places?.Misplaced(_mounts.Root);

    /// <summary>Releases what the mounts of runc keep; to be called after runc has made them.</summary>
    public void Mounted()
    {
        _mounts.Dispose();
        _scratch?.Dispose();
        _disks?.Release();
    }

    /// <summary>Releases everything, and begins to remove the folder.</summary>
    public void Dispose()
    {
        _mounts.Dispose();
        _scratch?.Dispose();
        _disks?.Dispose();
        _holds.ForEach(hold => hold.Dispose());
        _removals.Begin(Folder);
    }

    private void Write(string settings, string name, string id, ContainerConfig config, NetworkPlan network)
    {
        MountPlaces.RequireFree(id, config);
        HostNames.Require(id, config);
        string root = Path.Combine(Folder, "rootfs");
        Directory.CreateDirectory(root);
        _scratch = ScratchChoice.Make(id, config, Folder, _mounts, _holds);
        _disks = MappedDisks.Attach(id, config);
        MappedPaths = [.. MappedFolders.Paths(config), .. _disks.Paths];
        RootFiles files = RootFiles.Open(id, _scratch.IsMounted ? [] : config.Layers ?? [], _scratch, _mounts, _holds);

        // Outer mounts first: a mount over a folder hides the content of the folder.
        JsonObject[] mapped =
        [
            .. MappedFolders.Folders(id, config, _mounts)
                .Concat(MappedFolders.Pipes(id, config, _mounts))
                .Concat(_disks.Mounts)
                .OrderBy(mount => MountPlaces.Depth((string)mount["destination"]!)),
        ];
        bool hasLayers = _scratch.IsMounted || config.Layers is { Length: > 0 };
        JsonObject[] programs = hasLayers ? [] : [.. HostBase.Mounts(settings)];
        _places = new MountPlaces(id, config, programs, mapped);
        files.Make(Folder, root);
        JsonObject specification = ContainerSpecification.Build(
            name,
            HostNames.Of(config, name),
            root,
            programs,
            [.. NameResolution.Mounts(Folder, config, network), .. mapped],
            _disks.Devices,
            Limits.Of(id, config, Throttle.Of(id, config, _scratch), _disks.Permissions),
            _mounts.Path,
            network.Namespace);
        File.WriteAllText(Path.Combine(Folder, "config.json"), specification.ToJsonString());
    }
}
