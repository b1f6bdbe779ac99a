using System;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading;
using HcsPowerShell.Embedded.Contracts;
using Microsoft.Win32.SafeHandles;

namespace HcsPowerShell.Embedded.Linux.Native;

/// <summary>An open file descriptor; closed when no call uses it any more.</summary>
internal sealed class FileDescriptor : SafeHandleMinusOneIsInvalid
{
    // Above all descriptor numbers that a child gets.
    private const int FirstFree = 8;

    private static readonly int s_thisProcess = CurrentProcessId();

    public FileDescriptor()
        : base(ownsHandle: true)
    {
    }

    public FileDescriptor(int number)
        : this() => SetHandle((nint)number);

    /// <summary>The number, for calls that take it inside a structure; valid while a reference is held.</summary>
    public int Number => (int)handle;

    /// <summary>
    /// Path to the open file, also for other processes of root, whatever the path of the file now leads to; valid while
    /// it is open.
    /// </summary>
    public string Path => $"/proc/{s_thisProcess}/fd/{Number}";

    /// <summary>
    /// Moves the file to a number above those a child gets, and closes this one. When this process was started with a
    /// standard stream closed, low numbers are free, and the dup2 of another file in a child would overwrite this file.
    /// </summary>
    /// <exception cref="Interop.HcsException">No descriptor is left.</exception>
    public FileDescriptor OutOfTheWay()
    {
        if (Number >= FirstFree)
        {
            return this;
        }

        FileDescriptor moved = Duplicate(FirstFree);
        Dispose();
        return moved;
    }

    /// <summary>Duplicates the descriptor under another number; the duplicate shares the file and its locks.</summary>
    /// <param name="lowest">Lowest number allowed.</param>
    /// <exception cref="Interop.HcsException">No descriptor is left.</exception>
    public FileDescriptor Duplicate(int lowest)
    {
        int number = Libc.fcntl(Number, Libc.F_DUPFD_CLOEXEC, lowest);
        return number >= 0 ? new FileDescriptor(number) : throw SpawnError.From(Marshal.GetLastWin32Error());
    }

    /// <summary>Distinguishes a missing file from a file that could not be opened because a limit is reached.</summary>
    /// <param name="file">The result of an open call; closed if it is invalid.</param>
    /// <returns>The same descriptor; null when there is no file to open, with the error number set.</returns>
    /// <exception cref="KernelException">A limit is reached.</exception>
    public static FileDescriptor? NullIfMissing(FileDescriptor file)
    {
        int errno = Marshal.GetLastWin32Error();
        return !file.IsInvalid ? file
            : MachineLimit.Of(errno) is null ? null
            : throw new KernelException("A file cannot be opened", errno);
    }

    /// <summary>
    /// Waits on this thread until data can be read or the other end is closed; for a process, until it ends.
    /// </summary>
    /// <param name="patience">Longest time to wait; Timeout.InfiniteTimeSpan waits without end.</param>
    /// <returns>False when the time has passed.</returns>
    /// <exception cref="Interop.HcsException">The system refuses.</exception>
    public bool WaitUntilReadable(TimeSpan patience)
    {
        bool isHeld = false;
        try
        {
            DangerousAddRef(ref isHeld);
            Libc.PollDescriptor[] polled = [new() { Descriptor = Number, Events = Libc.POLLIN }];
            var waited = Stopwatch.StartNew();
            while (true)
            {
                int left = patience < TimeSpan.Zero
                    ? Timeout.Infinite
                    : (int)Math.Max(0, (patience - waited.Elapsed).TotalMilliseconds);
                int ready = Libc.poll(polled, 1, left);
                if (ready >= 0)
                {
                    return ready > 0;
                }

                if (Marshal.GetLastWin32Error() != Errno.EINTR)
                {
                    throw SpawnError.From(Marshal.GetLastWin32Error());
                }
            }
        }
        finally
        {
            if (isHeld)
            {
                DangerousRelease();
            }
        }
    }

    protected override bool ReleaseHandle() => Libc.close((int)handle) == 0;

    private static int CurrentProcessId()
    {
        using Process process = Process.GetCurrentProcess();
        return process.Id;
    }
}
