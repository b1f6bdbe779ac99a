using System;
using System.IO;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.Storage;

/// <summary>The image of one virtual disk, attached to a loop device and locked for one container.</summary>
/// <remarks>
/// The loop device uses the same open file that is locked. So a mount of the device, or a process that has it open,
/// keeps the lock too, and the image is free once the kernel has written the last data.
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

    /// <summary>Path of the disk in the container.</summary>
    public string Path { get; }

    public bool IsReadOnly { get; }

    /// <summary>The loop device.</summary>
    public LoopDevice Device => _device;

    /// <param name="id">Id of the container.</param>
    /// <param name="function">HCS function that asks for it.</param>
    /// <param name="member">Member of its document that describes the disk.</param>
    /// <param name="disk">The disk as the document describes it.</param>
    /// <exception cref="Interop.HcsException">
    /// The image is missing, in use or unusable; the error names the member.
    /// </exception>
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

    /// <summary>Hands the disk over to its mount, which keeps the device and the lock.</summary>
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

    // Linux calls access without the host's cache direct I/O. It has no separate cache for one container.
    private static bool IsDirect(string id, string function, string member, string? cache) =>
        cache?.ToUpperInvariant() switch
        {
            null or "" or "ENABLED" => false,
            "DISABLED" => true,
            _ => throw Refusal.NotSupported(
                id, function, $"{member}.Cache: '{cache}' is not possible: Linux has one cache for all."),
        };
}
