using System.Collections.Generic;
using System.IO;
using System.Linq;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Embedded.Linux.Oci.Storage;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.Modification;

/// <summary>Adds virtual disks to a running container, and removes them; for one thread at a time.</summary>
/// <remarks>
/// Only the mount in the container keeps the loop device and the lock of the image, whatever happens to this process.
/// </remarks>
/// <param name="id">Id of the container.</param>
/// <param name="mounts">Mounts of the host in the container.</param>
internal sealed class LiveDisks(string id, LiveMounts mounts)
{
    /// <exception cref="Interop.HcsException">
    /// The image is missing, in use or unusable, or the kernel refuses.
    /// </exception>
    public void Add(MappedVirtualDisk disk)
    {
        RequireMount("Settings.AttachOnly", disk);
        using MappedDisk attached = MappedDisk.Attach(id, ResourceChange.Function, "Settings", disk);
        mounts.Add(ResourceName.MappedVirtualDisk, Open(attached), attached.Path);
        attached.Leave();
    }

    /// <param name="disks">Disks to remove. A process that has a disk open keeps it, and its image.</param>
    /// <exception cref="Interop.HcsException">
    /// The kernel refuses, or a disk is a device, which stays as long as its container.
    /// </exception>
    public void Remove(IReadOnlyCollection<MappedVirtualDisk> disks)
    {
        foreach (MappedVirtualDisk disk in disks)
        {
            RequireMount($"{ResourceName.MappedVirtualDisk} '{disk.ContainerPath}'", disk);
        }

        foreach (string path in disks.Select(disk => ContainerPath.ToNative(disk.ContainerPath!)))
        {
            mounts.Remove(ResourceName.MappedVirtualDisk, path);
        }
    }

    private FileDescriptor Open(MappedDisk disk)
    {
        try
        {
            return DetachedMount.Open(disk.Type!, disk.Device.Path, disk.IsReadOnly).Descriptor;
        }
        catch (IOException e)
        {
            throw Refusal.Failure(id, ResourceChange.Function, $"Settings.HostPath: {e.Message}");
        }
    }

    // runc sets the access to devices when it creates the container, and nothing in the container would keep a new one.
    private void RequireMount(string member, MappedVirtualDisk disk)
    {
        if (disk.AttachOnly)
        {
            throw Refusal.NotSupported(
                id,
                ResourceChange.Function,
                $"{member}: a disk that is attached only comes and goes with its container under isolation Oci.");
        }
    }
}
