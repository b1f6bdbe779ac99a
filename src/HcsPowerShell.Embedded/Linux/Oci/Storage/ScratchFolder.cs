using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Embedded.Linux.Oci.State;

namespace HcsPowerShell.Embedded.Linux.Oci.Storage;

/// <summary>The folder of a scratch that is kept. It holds the files themselves, or an image of limited size.</summary>
internal sealed class ScratchFolder : IDisposable
{
    /// <summary>Name of the image.</summary>
    public const string ImageName = "scratch.ext4";

    // Accessible to the owner only: a container can leave setuid programs and secrets there.
    private const uint ImageMode = 0x180;
    private const uint FolderMode = 0x1C0;

    private static readonly string[] s_own = [Scratch.UpperName, Scratch.WorkName, "lost+found"];

    private ScratchFolder(Folder folder, string path)
    {
        Folder = folder;
        Path = path;
    }

    /// <summary>The open folder.</summary>
    public Folder Folder { get; }

    /// <summary>Its path, as the user named it.</summary>
    public string Path { get; }

    /// <summary>Its path without links.</summary>
    public string FinalPath => Native.FinalPath.Of(Folder.Descriptor) ?? Path;

    /// <param name="path">Path as the user of this process named it; links are followed.</param>
    /// <exception cref="IOException">The path is not a folder, or cannot be opened.</exception>
    public static ScratchFolder Open(string path) => new(Folder.Open(path), path);

    /// <summary>
    /// True when the folder has what makes it a scratch; a part may be something else under that name.
    /// </summary>
    /// <param name="path">An absolute path.</param>
    public static bool IsAt(string path)
    {
        return Has(ImageName) || (Has(Scratch.UpperName) && Has(Scratch.WorkName));

        bool Has(string name) => FileStatus.Of(System.IO.Path.Combine(path, name)) is not null;
    }

    /// <summary>Locks the scratch for one container, mount or removal.</summary>
    /// <returns>Null when another one has it.</returns>
    /// <exception cref="IOException">It cannot be locked.</exception>
    public FileHold? TryTake() => FileHold.TryTake(Path, Folder.Descriptor.Duplicate(0));

    /// <exception cref="IOException">Nothing can be written there: the file system is read-only.</exception>
    public void RequireWritable()
    {
        if (Libc.access(CString.From(Folder.Descriptor.Path), Libc.W_OK) != 0)
        {
            throw new KernelException($"'{Path}' cannot be written to", Marshal.GetLastWin32Error());
        }
    }

    /// <summary>Opens the image of the scratch.</summary>
    /// <param name="isMade">True when a missing one is made, empty.</param>
    /// <returns>Null when the folder holds the files themselves.</returns>
    /// <exception cref="InvalidDataException">Something else has the name of the image.</exception>
    public FileDescriptor? OpenImage(bool isMade)
    {
        if (!isMade && FileStatus.Of($"{Folder.Descriptor.Path}/{ImageName}") is null or { IsFile: true, Size: 0 })
        {
            // A container that could not be made has left an empty one.
            return null;
        }

        const int Flags = Libc.O_RDWR | Libc.O_NONBLOCK;
        return (isMade ? Folder.Open(ImageName, Flags | Libc.O_CREAT, ImageMode) : Folder.Open(ImageName, Flags))
            ?? throw new InvalidDataException($"'{ImageName}' of the scratch cannot be opened, or is a link.");
    }

    /// <summary>Closes the folder to other users.</summary>
    /// <exception cref="InvalidDataException">It is another user's, or holds more than a scratch.</exception>
    /// <exception cref="IOException">The file system refuses.</exception>
    public void CloseToOthers()
    {
        FileStatus status = FileStatus.Of(Folder.Descriptor);
        if (status.UserId != 0)
        {
            throw new InvalidDataException(
                $"'{Path}' belongs to user {status.UserId}, and a container can leave programs there that run as root."
                + " Give it to root: chown root.");
        }

        if (status.IsClosed)
        {
            return;
        }

        // The document may name a folder of the machine by mistake.
        if (Directory.EnumerateDirectories(Folder.Descriptor.Path).Any(
            name => !s_own.Contains(System.IO.Path.GetFileName(name))))
        {
            throw new InvalidDataException(
                $"Others may enter '{Path}', and a container can leave programs there that run as root."
                + " It holds more than a scratch, so close it yourself: chmod 700.");
        }

        if (Libc.fchmod(Folder.Descriptor, FolderMode) != 0)
        {
            throw new IOException($"'{Path}' cannot be closed to other users.");
        }
    }

    public void Dispose() => Folder.Dispose();
}
