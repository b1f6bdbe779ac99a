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
    private const string UpperName = "upper";
    private const string WorkName = "work";
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

    /// <summary>Folder that receives what the container writes.</summary>
    public FileDescriptor Upper { get; }

    /// <summary>Folder that overlay needs beside it.</summary>
    public FileDescriptor Work { get; }

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

    private static FileDescriptor Require(Folder folder, string name, uint mode, PreparedMounts mounts)
    {
        folder.Make(name, mode);
        FileDescriptor? found = folder.Find(name);
        return found is not null && FileStatus.Of(mounts.Keep(found)).IsFolder
            ? found
            : throw new InvalidDataException($"'{name}' of the scratch is no folder.");
    }
}
