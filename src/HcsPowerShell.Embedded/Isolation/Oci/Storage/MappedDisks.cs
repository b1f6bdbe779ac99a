using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using HcsPowerShell.Embedded.Execution;
using HcsPowerShell.Embedded.Isolation.Oci.Specification;
using HcsPowerShell.Embedded.Native.Unix;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Isolation.Oci.Storage;

/// <summary>The virtual disks of a document: images of ext4, squashfs, xfs or erofs, by loop devices.</summary>
/// <remarks>A disk that is attached only is seen as a block device at its path, for as long as the container lives.</remarks>
internal sealed class MappedDisks : IDisposable
{
    private const string Function = "HcsCreateComputeSystem";
    private const int LoopMajor = 7;

    // 0660, as the kernel makes them.
    private const int DeviceMode = 0x1B0;

    private readonly List<LoopDevice> _mounted = [];
    private readonly List<LoopDevice> _attached = [];

    private MappedDisks()
    {
    }

    /// <summary>Mounts of the OCI runtime specification.</summary>
    public List<JsonObject> Mounts { get; } = [];

    /// <summary>Devices of the OCI runtime specification.</summary>
    public List<JsonObject> Devices { get; } = [];

    /// <summary>What the devices cgroup lets through for them.</summary>
    public List<JsonObject> Permissions { get; } = [];

    /// <summary>What keeps the disks that no mount keeps.</summary>
    public IEnumerable<FileDescriptor> Attached => _attached.Select(device => device.Descriptor);

    /// <param name="id">Id of the container.</param>
    /// <param name="config">Its document.</param>
    /// <param name="holds">Receives what keeps the images for this container.</param>
    /// <exception cref="Interop.HcsException">An image is missing, in use or of no use; the member is named.</exception>
    public static MappedDisks Attach(string id, ContainerConfig config, ICollection<FileHold> holds)
    {
        MappedDisks disks = new();
        try
        {
            MappedVirtualDisk[] given = config.MappedVirtualDisks ?? [];
            for (int i = 0; i < given.Length; i++)
            {
                disks.Add(id, $"MappedVirtualDisks[{i}]", given[i], holds);
            }

            return disks;
        }
        catch (IOException e)
        {
            disks.Dispose();
            throw Refusal.Failure(id, Function, $"MappedVirtualDisks: {e.Message}");
        }
        catch
        {
            disks.Dispose();
            throw;
        }
    }

    /// <summary>Lets go of the disks that are mounted by now: the mount keeps them.</summary>
    public void Release()
    {
        _mounted.ForEach(device => device.Dispose());
        _mounted.Clear();
    }

    public void Dispose()
    {
        Release();
        _attached.ForEach(device => device.Dispose());
        _attached.Clear();
    }

    private void Add(string id, string member, MappedVirtualDisk disk, ICollection<FileHold> holds)
    {
        if (disk.CreateInUtilityVM)
        {
            throw Refusal.NotSupported(id, Function, $"{member}.CreateInUtilityVM: there is no utility virtual machine.");
        }

        if (!File.Exists(disk.HostPath))
        {
            throw Refusal.PathNotFound(id, Function, $"{member}.HostPath", disk.HostPath ?? string.Empty);
        }

        bool isDirect = IsDirect(id, member, disk.Cache);
        holds.Add(FileHold.Take(id, $"{member}.HostPath", disk.HostPath!, isShared: disk.ReadOnly));
        string path = ContainerPath.ToNative(disk.ContainerPath!);
        if (disk.AttachOnly)
        {
            LoopDevice attached = LoopDevice.Attach(disk.HostPath!, disk.ReadOnly, isDirect);
            _attached.Add(attached);
            AddDevice(attached.Number, path, disk.ReadOnly);
            return;
        }

        string type = FileSystemType.Of(disk.HostPath!) ?? throw Refusal.InvalidArgument(
            id, Function, $"{member}.HostPath: '{disk.HostPath}' is no image of ext4, squashfs, xfs or erofs.");
        LoopDevice device = LoopDevice.Attach(disk.HostPath!, disk.ReadOnly, isDirect);
        _mounted.Add(device);
        Mounts.Add(Mount.Of(type, device.Path, path, disk.ReadOnly ? ["ro"] : []));
    }

    // Without a cache of the host's is what Linux calls direct; a cache of one container's own it has not.
    private static bool IsDirect(string id, string member, string? cache) => cache?.ToUpperInvariant() switch
    {
        null or "" or "ENABLED" => false,
        "DISABLED" => true,
        _ => throw Refusal.NotSupported(
            id, Function, $"{member}.Cache: '{cache}' is not possible: Linux has one cache for all."),
    };

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
