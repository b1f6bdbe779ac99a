using System;
using System.IO;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.Storage;

/// <summary>The image of one virtual disk, attached by a loop device and held for one container.</summary>
/// <remarks>
/// The device is given the very file that is locked. So whatever keeps the device, a mount or a process that has it open,
/// keeps the lock too, and the image is free when the kernel has written the last of it.
/// </remarks>
internal sealed class MappedDisk : IDisposable
{
    private readonly FileHold _hold;
    private readonly LoopDevice _device;

    private MappedDisk(FileHold hold, LoopDevice device, string? type, string path, bool isReadOnly)
    {
        _hold = hold;
        _device = device;
        Type = type;
        Path = path;
        IsReadOnly = isReadOnly;
    }

    /// <summary>Type of its file system; null for a disk that is attached only.</summary>
    public string? Type { get; }

    /// <summary>Where the container sees it.</summary>
    public string Path { get; }

    public bool IsReadOnly { get; }

    /// <summary>The loop device.</summary>
    public LoopDevice Device => _device;

    /// <param name="id">Id of the container.</param>
    /// <param name="function">The call that asks for it.</param>
    /// <param name="member">The disk in the document of that call.</param>
    /// <param name="disk">What the document says of it.</param>
    /// <exception cref="Interop.HcsException">The image is missing, in use or of no use; the member is named.</exception>
    public static MappedDisk Attach(string id, string function, string member, MappedVirtualDisk disk)
    {
        if (disk.CreateInUtilityVM)
        {
            throw Refusal.NotSupported(id, function, $"{member}.CreateInUtilityVM: there is no utility virtual machine.");
        }

        if (!File.Exists(disk.HostPath))
        {
            throw Refusal.PathNotFound(id, function, $"{member}.HostPath", disk.HostPath ?? string.Empty);
        }

        bool isDirect = IsDirect(id, function, member, disk.Cache);
        try
        {
            FileHold hold = FileHold.Take(
                id,
                function,
                $"{member}.HostPath",
                disk.HostPath!,
                FileHold.Open(disk.HostPath!, isReadOnly: disk.ReadOnly),
                isShared: disk.ReadOnly);
            try
            {
                string? type = disk.AttachOnly ? null : RequireType(id, function, member, disk.HostPath!, hold.Descriptor);
                LoopDevice device = LoopDevice.Attach(hold.Descriptor, disk.HostPath!, disk.ReadOnly, isDirect);
                return new MappedDisk(hold, device, type, ContainerPath.ToNative(disk.ContainerPath!), disk.ReadOnly);
            }
            catch
            {
                hold.Dispose();
                throw;
            }
        }
        catch (InvalidDataException e)
        {
            throw Refusal.InvalidArgument(id, function, $"{member}.HostPath: {e.Message}");
        }
        catch (IOException e)
        {
            throw Refusal.OfHost(id, function, $"{member}.HostPath", e);
        }
    }

    /// <summary>Leaves it to a mount that has been made of it.</summary>
    public void Leave()
    {
        _device.Dispose();
        _hold.Leave();
    }

    public void Dispose()
    {
        _device.Dispose();
        _hold.Dispose();
    }

    private static string RequireType(string id, string function, string member, string image, FileDescriptor file) =>
        FileSystemType.Of(file) ?? throw Refusal.InvalidArgument(
            id, function, $"{member}.HostPath: '{image}' is no image of ext4, squashfs, xfs or erofs.");

    // Without a cache of the host's is what Linux calls direct; a cache of one container's own it has not.
    private static bool IsDirect(string id, string function, string member, string? cache) =>
        cache?.ToUpperInvariant() switch
        {
            null or "" or "ENABLED" => false,
            "DISABLED" => true,
            _ => throw Refusal.NotSupported(
                id, function, $"{member}.Cache: '{cache}' is not possible: Linux has one cache for all."),
        };
}
