using System;
using System.IO;
using HcsPowerShell.Embedded.Linux.Native;

namespace HcsPowerShell.Embedded.Linux.Oci.Storage;

/// <summary>The writable layer of a container's files: the folders <c>upper</c> and <c>work</c> of overlay.</summary>
/// <remarks>
/// The content comes from a container, or from the creator of the image, so no link in it is followed.
/// </remarks>
internal sealed class Scratch : IDisposable
{
    /// <summary>Name of the folder that receives what is written.</summary>
    public const string UpperName = "upper";

    /// <summary>Name of the folder that overlay needs beside it.</summary>
    public const string WorkName = "work";

    private const uint UpperMode = 0x1ED;
    private const uint WorkMode = 0x1C0;

    private readonly LoopDevice? _loop;

    private Scratch(Folder folder, string? device, LoopDevice? loop, PreparedMounts mounts)
    {
        Device = device;
        _loop = loop;
        Upper = Require(folder, UpperName, UpperMode, mounts);
        Work = Require(folder, WorkName, WorkMode, mounts);
    }

    private Scratch(FileDescriptor overlay, string? device)
    {
        Upper = overlay;
        Device = device;
    }

    /// <summary>Folder that receives what the container writes; of a mounted scratch the whole overlay.</summary>
    public FileDescriptor Upper { get; }

    /// <summary>Folder that overlay needs beside it; null for a mounted scratch.</summary>
    public FileDescriptor? Work { get; }

    /// <summary>True when the overlay with the layers exists already; two of one scratch would destroy it.</summary>
    public bool IsMounted => Work is null;

    /// <summary>The block device it is on, as <c>major:minor</c>; null when it is on none.</summary>
    public string? Device { get; }

    /// <summary>Creates a scratch in a folder, which may contain one already.</summary>
    /// <param name="folder">Open folder.</param>
    /// <param name="device">The block device it is on.</param>
    /// <param name="mounts">Receives its mount.</param>
    /// <exception cref="InvalidDataException">The name of one of its folders is taken by something else.</exception>
    /// <exception cref="IOException">The kernel refuses.</exception>
    public static Scratch OfFolder(Folder folder, string? device, PreparedMounts mounts) =>
        new(new Folder(mounts.Add(folder.Descriptor)), device, loop: null, mounts);

    /// <summary>Takes the overlay of a mounted scratch.</summary>
    /// <param name="volume">Its root, open.</param>
    /// <param name="device">The block device it is on.</param>
    /// <param name="mounts">Receives a mount of the same overlay.</param>
    /// <exception cref="IOException">The kernel refuses.</exception>
    public static Scratch OfVolume(Folder volume, string? device, PreparedMounts mounts) =>
        new(mounts.Add(volume.Descriptor), device);

    /// <summary>Creates a scratch in a file that contains a file system and therefore has a limited size.</summary>
    /// <param name="image">File, open for reading and writing.</param>
    /// <param name="path">Its path.</param>
    /// <param name="type">Type of its file system.</param>
    /// <param name="mounts">Receives its mount.</param>
    /// <exception cref="InvalidDataException">The name of one of its folders is taken by something else.</exception>
    /// <exception cref="IOException">The kernel refuses.</exception>
    public static Scratch OfImage(FileDescriptor image, string path, string type, PreparedMounts mounts)
    {
        LoopDevice loop = LoopDevice.Attach(image, path, isReadOnly: false);
        try
        {
            FileDescriptor mount = DetachedMount.Open(type, loop.Path).Descriptor;
            mounts.AddMount(mount);
            return new Scratch(new Folder(mount), $"7:{loop.Number}", loop, mounts);
        }
        catch
        {
            loop.Dispose();
            throw;
        }
    }

    /// <summary>Releases the loop device; once it is mounted, the mount keeps it.</summary>
    public void Dispose() => _loop?.Dispose();

    /// <summary>Makes the folders of an empty scratch.</summary>
    /// <exception cref="IOException">The file system refuses.</exception>
    public static void Make(Folder folder)
    {
        folder.Make(UpperName, UpperMode);
        folder.Make(WorkName, WorkMode);
    }

    private static FileDescriptor Require(Folder folder, string name, uint mode, PreparedMounts mounts)
    {
        folder.Make(name, mode);
        FileDescriptor? found = folder.Find(name);
        return found is not null && FileStatus.Of(mounts.Keep(found)).IsFolder
            ? found
            : throw new InvalidDataException($"'{name}' of the scratch is no folder.");
    }
}
