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
    // Above every number a child is given one under.
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

    /// <summary>The file itself, for other processes of root too, whatever its own path leads to; valid while it is open.</summary>
    public string Path => $"/proc/{s_thisProcess}/fd/{Number}";

    /// <summary>
    /// The same file under a number no child is given one under; this one is closed then. A shell that was started with a
    /// standard stream closed lets such numbers be used, and a child's dup2 of another file would overwrite it.
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

    /// <summary>The same file, its locks included, under another number.</summary>
    /// <param name="lowest">Lowest number that will do.</param>
    /// <exception cref="Interop.HcsException">No descriptor is left.</exception>
    public FileDescriptor Duplicate(int lowest)
    {
        int number = Libc.fcntl(Number, Libc.F_DUPFD_CLOEXEC, lowest);
        return number >= 0 ? new FileDescriptor(number) : throw SpawnError.From(Marshal.GetLastWin32Error());
    }

    /// <summary>Refuses to take for missing what could not be opened because a limit is met.</summary>
    /// <param name="file">What an open has given; closed, where it is invalid.</param>
    /// <returns>The same; null when there is nothing to open, the error number is set then.</returns>
    /// <exception cref="KernelException">A limit is met.</exception>
    public static FileDescriptor? NullIfMissing(FileDescriptor file)
    {
        int errno = Marshal.GetLastWin32Error();
        return !file.IsInvalid ? file
            : MachineLimit.Of(errno) is null ? null
            : throw new KernelException("A file cannot be opened", errno);
    }

    /// <summary>Waits, on this thread, until there is something to read or the other end has gone; a process, until it ends.</summary>
    /// <param name="patience">How long at most; Timeout.InfiniteTimeSpan is without end.</param>
    /// <returns>False when it was too short.</returns>
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
