using System;
using System.IO;
using System.Runtime.InteropServices;
using HcsPowerShell.Embedded.Contracts;

namespace HcsPowerShell.Embedded.Linux.Native;

/// <summary>A folder that is held open. Files in it are found relative to it, and never through a link.</summary>
internal sealed class Folder : IDisposable
{
    private readonly FileDescriptor _folder;

    /// <param name="folder">A folder, open; owned from now on.</param>
    public Folder(FileDescriptor folder) => _folder = folder;

    public FileDescriptor Descriptor => _folder;

    /// <param name="path">Path as the user of this process named it; links are followed.</param>
    /// <exception cref="IOException">The path is not a folder, or cannot be opened.</exception>
    public static Folder Open(string path)
    {
        int number = Libc.open(CString.From(path), Libc.O_RDONLY | Libc.O_DIRECTORY | Libc.O_CLOEXEC);
        return number >= 0
            ? new Folder(new FileDescriptor(number))
            : throw new KernelException($"'{path}' cannot be opened as a folder", Marshal.GetLastWin32Error());
    }

    /// <summary>Opens a file of any kind for its path alone.</summary>
    /// <param name="path">Below the folder.</param>
    /// <returns>Null when the path does not exist, or a link is on it or at its end.</returns>
    public FileDescriptor? Find(string path) => Open(path, Libc.O_PATH);

    /// <param name="path">Below the folder.</param>
    /// <param name="flags">O_ flags.</param>
    /// <param name="mode">Permission bits of a created file.</param>
    /// <returns>
    /// Null when it cannot be opened, or a link is on the path or at its end; the error number is set.
    /// </returns>
    public FileDescriptor? Open(string path, int flags, uint mode = 0)
    {
        FileDescriptor file = new(Libc.openat2(_folder, CString.From(path), new Libc.OpenHow
        {
            Flags = (ulong)(uint)(flags | Libc.O_CLOEXEC),
            Mode = mode,
            Resolve = Libc.RESOLVE_BENEATH | Libc.RESOLVE_NO_SYMLINKS,
        }));
        return FileDescriptor.NullIfMissing(file);
    }

    /// <summary>Creates a folder; a file that has its name already stays as it is.</summary>
    /// <param name="path">Below the folder.</param>
    /// <param name="mode">Permission bits, regardless of the umask of the process.</param>
    /// <returns>True when it was created; false when its name exists, or a link or a file is on the path.</returns>
    /// <exception cref="IOException">The system refuses.</exception>
    public bool Make(string path, uint mode)
    {
        using FileDescriptor? parent = OpenParent(path);
        if (parent is null)
        {
            return false;
        }

        if (Libc.mkdirat(parent, Name(path), mode) != 0)
        {
            int errno = Marshal.GetLastWin32Error();
            return errno == Errno.EEXIST ? false : throw Failure(path, errno);
        }

        using FileDescriptor? made = Open(path, Libc.O_RDONLY | Libc.O_DIRECTORY);
        return made is not null && Libc.fchmod(made, mode) == 0
            ? true
            : throw Failure(path, Marshal.GetLastWin32Error());
    }

    /// <summary>Creates a symbolic link; a file that has its name already stays as it is.</summary>
    /// <param name="path">Below the folder.</param>
    /// <param name="target">Text the link holds.</param>
    /// <exception cref="IOException">The system refuses.</exception>
    public void MakeLink(string path, string target)
    {
        using FileDescriptor? parent = OpenParent(path);
        if (parent is not null
            && Libc.symlinkat(CString.From(target), parent, Name(path)) != 0
            && Marshal.GetLastWin32Error() is var errno and not Errno.EEXIST)
        {
            throw Failure(path, errno);
        }
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Name(string path) => CString.From(path.Substring(path.LastIndexOf('/') + 1));

    private static IOException Failure(string path, int errno) =>
        new KernelException($"'{path}' cannot be made", errno);

    private FileDescriptor? OpenParent(string path) => Open(
        path.LastIndexOf('/') is var end and > 0 ? path.Substring(0, end) : ".", Libc.O_PATH | Libc.O_DIRECTORY);
}
