using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;

namespace HcsPowerShell.Embedded.Linux.Oci.Storage;

/// <summary>
/// Locks a scratch or an image for one user, a container or a mount, on the whole machine: two that write to it would
/// destroy it. What is only read is locked for all its users together, against its removal.
/// </summary>
/// <remarks>The kernel releases the lock when the last process that holds it ends, for whatever reason.</remarks>
internal sealed class FileHold : IDisposable
{
    // A closed file stays open in a child process until the child calls exec, and the mount of a disk can live on as
    // well.
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(500);

    private readonly FileDescriptor _file;
    private readonly bool _isFolder;

    private FileHold(FileDescriptor file, bool isFolder)
    {
        _file = file;
        _isFolder = isFolder;
    }

    /// <summary>The locked file. A process that inherits it keeps the lock too.</summary>
    public FileDescriptor Descriptor => _file;

    /// <summary>Opens an image by the path that the user of this process has given; links are followed.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static FileDescriptor Open(string path, bool isReadOnly = false)
    {
        // Without O_NONBLOCK, opening a FIFO would wait for its other end.
        int access = (isReadOnly ? Libc.O_RDONLY : Libc.O_RDWR) | Libc.O_NONBLOCK;
        int number = Libc.open(CString.From(path), access | Libc.O_CLOEXEC);
        return number >= 0
            ? new FileDescriptor(number)
            : throw new KernelException($"'{path}' cannot be opened", Marshal.GetLastWin32Error());
    }

    /// <param name="id">Id of the container.</param>
    /// <param name="function">HCS function that asks for it.</param>
    /// <param name="member">Member of its document that asks for it.</param>
    /// <param name="path">Path of the file, as errors name it.</param>
    /// <param name="file">Open folder, file or block device. The new object owns it.</param>
    /// <param name="isShared">Other readers may hold it too.</param>
    /// <exception cref="Interop.HcsException">Another container has it; the error names the member.</exception>
    /// <exception cref="InvalidDataException">It is no folder, file or block device.</exception>
    /// <exception cref="IOException">It cannot be locked.</exception>
    public static FileHold Take(
        string id, string function, string member, string path, FileDescriptor file, bool isShared = false) =>
        TryTake(path, file, isShared) ?? throw Refusal.SharingViolation(id, function, member, path);

    /// <param name="path">Path of the file, as errors name it.</param>
    /// <param name="file">Open folder, file or block device. The new object owns it.</param>
    /// <param name="isShared">Other readers may hold it too.</param>
    /// <returns>Null when another one has it.</returns>
    /// <exception cref="InvalidDataException">It is no folder, file or block device.</exception>
    /// <exception cref="IOException">It cannot be locked.</exception>
    public static FileHold? TryTake(string path, FileDescriptor file, bool isShared = false)
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
        return errno == Errno.EAGAIN ? null : throw new KernelException($"'{path}' cannot be locked", errno);
    }

    /// <summary>
    /// Closes the file without unlocking it, so that its other users keep the lock, for example a loop device.
    /// </summary>
    public void Leave() => _file.Dispose();

    /// <summary>
    /// Unlocks the file before closing it: a process that is being started has a copy of the file until it calls exec.
    /// </summary>
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
        (isFolder ? LockFolder(file, isShared) : LockFile(file, isShared)) == 0 ? 0 : Marshal.GetLastWin32Error();

    private static int LockFolder(FileDescriptor folder, bool isShared) =>
        Libc.flock(folder, (isShared ? Libc.LOCK_SH : Libc.LOCK_EX) | Libc.LOCK_NB);

    // Not by flock: .NET locks each file it opens with flock, so no .NET program could read the image any more.
    private static int LockFile(FileDescriptor file, bool isShared) => Libc.fcntl(
        file, Libc.F_OFD_SETLK, new Libc.FileLock { Type = isShared ? Libc.F_RDLCK : Libc.F_WRLCK });
}
