using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;

namespace HcsPowerShell.Embedded.Linux.Oci.State;

/// <summary>
/// A lock that all hosts of the machine share. The kernel releases it when the last process that holds it ends, for
/// whatever reason.
/// </summary>
internal sealed class MachineLock : IDisposable
{
    private const uint FileMode = 0x180;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);

    private MachineLock(FileDescriptor file) => Descriptor = file;

    /// <summary>The locked file. A process that inherits it keeps the lock too.</summary>
    public FileDescriptor Descriptor { get; }

    /// <summary>Locks a file, which is made if it is missing.</summary>
    /// <returns>Null when another one has it.</returns>
    /// <exception cref="IOException">The system refuses.</exception>
    public static MachineLock? TryTakeFile(string path) => TryTake(
        path,
        Libc.open(CString.From(path), Libc.O_RDWR | Libc.O_CREAT | Libc.O_NOFOLLOW | Libc.O_CLOEXEC, FileMode));

    /// <summary>Locks a folder.</summary>
    /// <returns>Null when another one has it.</returns>
    /// <exception cref="IOException">The system refuses.</exception>
    public static MachineLock? TryTakeFolder(string path) => TryTake(
        path, Libc.open(CString.From(path), Libc.O_RDONLY | Libc.O_DIRECTORY | Libc.O_NOFOLLOW | Libc.O_CLOEXEC));

    /// <summary>Locks a file when all others have left it.</summary>
    /// <exception cref="IOException">The system refuses.</exception>
    public static async Task<MachineLock> TakeFileAsync(string path, CancellationToken abandoned)
    {
        MachineLock? taken;
        while ((taken = TryTakeFile(path)) is null)
        {
            await Task.Delay(s_pause, abandoned).ConfigureAwait(false);
        }

        return taken;
    }

    /// <summary>
    /// Unlocks the file before closing it: a process that is being started has a copy of the file until it calls exec.
    /// </summary>
    public void Dispose()
    {
        if (!Descriptor.IsClosed)
        {
            _ = Libc.flock(Descriptor, Libc.LOCK_UN);
        }

        Descriptor.Dispose();
    }

    private static MachineLock? TryTake(string path, int number)
    {
        if (number < 0)
        {
            throw new KernelException($"'{path}' cannot be opened", Marshal.GetLastWin32Error());
        }

        FileDescriptor file = new FileDescriptor(number).OutOfTheWay();
        if (Libc.flock(file, Libc.LOCK_EX | Libc.LOCK_NB) == 0)
        {
            return new MachineLock(file);
        }

        int errno = Marshal.GetLastWin32Error();
        file.Dispose();
        return errno == Errno.EAGAIN ? null : throw new KernelException($"'{path}' cannot be locked", errno);
    }
}
