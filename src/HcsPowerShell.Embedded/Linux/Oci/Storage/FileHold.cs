using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;

namespace HcsPowerShell.Embedded.Linux.Oci.Storage;

/// <summary>Keeps a scratch or an image for one container, on the whole machine: two that write to one destroy it.</summary>
/// <remarks>The kernel takes the lock away when the last process that has it ends, however that comes.</remarks>
internal sealed class FileHold : IDisposable
{
    // What was closed lives on in a process just being started, until that runs its program; a disk's mount does too.
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(500);

    private readonly FileDescriptor _file;
    private readonly bool _isFolder;

    private FileHold(FileDescriptor file, bool isFolder)
    {
        _file = file;
        _isFolder = isFolder;
    }

    /// <summary>What is locked; a process that is given it keeps the lock too.</summary>
    public FileDescriptor Descriptor => _file;

    /// <summary>Opens an image as whoever runs this process named it.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static FileDescriptor Open(string path, bool isReadOnly = false)
    {
        // A FIFO would wait for its other end.
        int access = (isReadOnly ? Libc.O_RDONLY : Libc.O_RDWR) | Libc.O_NONBLOCK;
        int number = Libc.open(CString.From(path), access | Libc.O_CLOEXEC);
        return number >= 0
            ? new FileDescriptor(number)
            : throw new KernelException($"'{path}' cannot be opened", Marshal.GetLastWin32Error());
    }

    /// <param name="id">Id of the container.</param>
    /// <param name="function">The call that asks for it.</param>
    /// <param name="member">Member of its document that does.</param>
    /// <param name="path">What it is called by.</param>
    /// <param name="file">Folder, file or disk, open; owned from now on.</param>
    /// <param name="isShared">Others that only read may have it too.</param>
    /// <exception cref="Interop.HcsException">Another container has it; the member is named.</exception>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    /// <exception cref="IOException">It cannot be locked.</exception>
    public static FileHold Take(
        string id, string function, string member, string path, FileDescriptor file, bool isShared = false)
    {
        FileStatus status = FileStatus.Of(file);
        bool isFolder = status.IsFolder;
        if (!isFolder && !status.IsFile && !status.IsBlockDevice)
        {
            file.Dispose();
            throw new InvalidDataException($"'{path}' is no file.");
        }

        int errno = Lock(file, isFolder, isShared);
        for (var waited = Stopwatch.StartNew(); errno == Errno.EAGAIN && waited.Elapsed < s_patience;)
        {
            Thread.Sleep(1);
            errno = Lock(file, isFolder, isShared);
        }

        if (errno == 0)
        {
            return new FileHold(file, isFolder);
        }

        file.Dispose();
        throw errno == Errno.EAGAIN
            ? Refusal.SharingViolation(id, function, member, path)
            : new KernelException($"'{path}' cannot be locked", errno);
    }

    /// <summary>Leaves the lock to what else has the file by now, a loop device for one.</summary>
    public void Leave() => _file.Dispose();

    /// <summary>Unlocks before it closes: a process just being started has a copy of the file until it runs its program.</summary>
    public void Dispose()
    {
        if (!_file.IsClosed)
        {
            _ = _isFolder
                ? Libc.flock(_file, Libc.LOCK_UN)
                : Libc.fcntl(_file, Libc.F_OFD_SETLK, new Libc.FileLock { Type = Libc.F_UNLCK });
        }

        _file.Dispose();
    }

    private static int Lock(FileDescriptor file, bool isFolder, bool isShared) =>
        (isFolder ? LockFolder(file) : LockFile(file, isShared)) == 0 ? 0 : Marshal.GetLastWin32Error();

    private static int LockFolder(FileDescriptor folder) => Libc.flock(folder, Libc.LOCK_EX | Libc.LOCK_NB);

    // Not by flock: .NET locks so each file it opens, and nobody could look into the image any more.
    private static int LockFile(FileDescriptor file, bool isShared) => Libc.fcntl(
        file, Libc.F_OFD_SETLK, new Libc.FileLock { Type = isShared ? Libc.F_RDLCK : Libc.F_WRLCK });
}
