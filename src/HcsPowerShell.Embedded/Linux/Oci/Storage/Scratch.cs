using System;
using System.IO;
using HcsPowerShell.Embedded.Linux.Native;

namespace HcsPowerShell.Embedded.Linux.Oci.Storage;

/// <summary>The writable top of a container's files: folders <c>upper</c> and <c>work</c>, as overlay calls them.</summary>
/// <remarks>What is in it was written by a container, or by whoever made the image, so no link in it is followed.</remarks>
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

    /// <summary>Folder that takes what the container writes.</summary>
    public FileDescriptor Upper { get; }

    /// <summary>Folder overlay needs beside it.</summary>
    public FileDescriptor Work { get; }

    /// <summary>The block device it is on, as <c>major:minor</c>; null when it is on none.</summary>
    public string? Device { get; }

    /// <summary>A scratch in a folder, which may hold one already.</summary>
    /// <param name="folder">The folder, open.</param>
    /// <param name="device">The block device it is on.</param>
    /// <param name="mounts">Receives it.</param>
    /// <exception cref="InvalidDataException">Something else has the name of one of its folders.</exception>
    /// <exception cref="IOException">The kernel refuses.</exception>
    public static Scratch OfFolder(Folder folder, string? device, PreparedMounts mounts) =>
        new(new Folder(mounts.Add(folder.Descriptor)), device, loop: null, mounts);

    /// <summary>A scratch in a file that holds a file system, and so has a size.</summary>
    /// <param name="image">The file, open to be read and written.</param>
    /// <param name="path">Its path.</param>
    /// <param name="type">Type of its file system.</param>
    /// <param name="mounts">Receives it.</param>
    /// <exception cref="InvalidDataException">Something else has the name of one of its folders.</exception>
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

    /// <summary>Lets go of what is mounted by now.</summary>
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
