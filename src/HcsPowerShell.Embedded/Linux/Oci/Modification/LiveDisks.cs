using System.Collections.Generic;
using System.IO;
using System.Linq;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Embedded.Linux.Oci.Storage;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.Modification;

/// <summary>Virtual disks that come to a running container, and go; for one thread at a time.</summary>
/// <remarks>The mount in the container alone keeps the loop device and holds the image, whatever becomes of this process.</remarks>
/// <param name="id">Id of the container.</param>
/// <param name="mounts">What of the host is mounted in it.</param>
internal sealed class LiveDisks(string id, LiveMounts mounts)
{
    /// <exception cref="Interop.HcsException">The image is missing, in use or of no use, or the kernel refuses.</exception>
    public void Add(MappedVirtualDisk disk)
    {
        RequireMount("Settings.AttachOnly", disk);
        using MappedDisk attached = MappedDisk.Attach(id, ResourceChange.Function, "Settings", disk);
        mounts.Add(ResourceName.MappedVirtualDisk, Open(attached), attached.Path);
        attached.Leave();
    }

    /// <param name="disks">What has it open keeps a disk, and its image.</param>
    /// <exception cref="Interop.HcsException">The kernel refuses, or one is a device, which goes with its container.</exception>
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

    // Who may use a device is written down when runc makes the container, and nothing in there would keep a new one.
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
