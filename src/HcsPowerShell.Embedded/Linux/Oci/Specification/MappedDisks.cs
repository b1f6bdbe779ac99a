using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Embedded.Linux.Oci.Storage;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.Specification;

/// <summary>
/// The virtual disks of a document: images of ext4, squashfs, xfs or erofs, attached to loop devices.
/// </summary>
/// <remarks>A disk that is attached only is a block device at its path, as long as the container lives.</remarks>
internal sealed class MappedDisks : IDisposable
{
    private const string Function = "HcsCreateComputeSystem";
    private const int LoopMajor = 7;

    // 0660, as the kernel makes them.
    private const int DeviceMode = 0x1B0;

    private readonly List<MappedDisk> _mounted = [];
    private readonly List<MappedDisk> _attached = [];

    private MappedDisks()
    {
    }

    /// <summary>Mounts of the OCI runtime specification.</summary>
    public List<JsonObject> Mounts { get; } = [];

    /// <summary>Devices of the OCI runtime specification.</summary>
    public List<JsonObject> Devices { get; } = [];

    /// <summary>Rules of the devices control group that let the container access them.</summary>
    public List<JsonObject> Permissions { get; } = [];

    /// <summary>Paths in the container of the mounted disks.</summary>
    public IEnumerable<string> Paths => _mounted.Select(disk => disk.Path);

    /// <summary>Descriptors that keep the disks that no mount keeps.</summary>
    public IEnumerable<FileDescriptor> Attached => _attached.Select(disk => disk.Device.Descriptor);

    /// <param name="id">Id of the container.</param>
    /// <param name="config">Its document.</param>
    /// <exception cref="Interop.HcsException">
    /// An image is missing, in use or unusable; the error names the member.
    /// </exception>
    public static MappedDisks Attach(string id, ContainerConfig config)
    {
        MappedDisks disks = new();
        try
        {
            MappedVirtualDisk[] given = config.MappedVirtualDisks ?? [];
            for (int i = 0; i < given.Length; i++)
            {
                disks.Add(MappedDisk.Attach(id, Function, $"MappedVirtualDisks[{i}]", given[i]));
            }

            return disks;
        }
        catch
        {
            disks.Dispose();
            throw;
        }
    }

    /// <summary>Releases the disks that are mounted by now; the mounts keep them.</summary>
    public void Release()
    {
        _mounted.ForEach(disk => disk.Leave());
        _mounted.Clear();
    }

    public void Dispose()
    {
        _mounted.ForEach(disk => disk.Dispose());
        _mounted.Clear();
        _attached.ForEach(disk => disk.Dispose());
        _attached.Clear();
    }

    private void Add(MappedDisk disk)
    {
        if (disk.Type is null)
        {
            _attached.Add(disk);
            AddDevice(disk.Device.Number, disk.Path, disk.IsReadOnly);
            return;
        }

        _mounted.Add(disk);
        string[] access = disk.IsReadOnly ? ["ro"] : [];
        string[] onErrors = disk.Type == "ext4" ? ["errors=" + DetachedMount.OnErrors] : [];
        Mounts.Add(Mount.Of(disk.Type, disk.Device.Path, disk.Path, [.. access, .. onErrors]));
    }

    private void AddDevice(int minor, string path, bool isReadOnly)
    {
        Devices.Add(new JsonObject
        {
            ["path"] = path,
            ["type"] = "b",
            ["major"] = LoopMajor,
            ["minor"] = minor,
            ["fileMode"] = DeviceMode,
            ["uid"] = 0,
            ["gid"] = 0,
        });
        Permissions.Add(new JsonObject
        {
            ["allow"] = true,
            ["type"] = "b",
            ["major"] = LoopMajor,
            ["minor"] = minor,
            ["access"] = isReadOnly ? "r" : "rw",
        });
    }
}
