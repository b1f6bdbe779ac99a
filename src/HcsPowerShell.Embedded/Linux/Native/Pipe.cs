using System;
using System.Runtime.InteropServices;
using HcsPowerShell.Embedded.Contracts;

namespace HcsPowerShell.Embedded.Linux.Native;

/// <summary>A new pipe, close-on-exec: one end, which never blocks, for this process, and one for a child.</summary>
internal sealed class Pipe : IDisposable
{
    private FileDescriptor? _own;

    private Pipe(FileDescriptor own, FileDescriptor child)
    {
        _own = own;
        ChildEnd = child;
    }

    /// <summary>The end to hand to the child.</summary>
    public FileDescriptor ChildEnd { get; }

    /// <param name="childReads">
    /// True when the child reads and this process writes; false for the other direction.
    /// </param>
    /// <exception cref="HcsException">No descriptor is left.</exception>
    public static Pipe Create(bool childReads)
    {
        int[] ends = new int[2];
        if (Libc.pipe2(ends, Libc.O_CLOEXEC) != 0)
        {
            throw SpawnError.From(Marshal.GetLastWin32Error());
        }

        FileDescriptor own = new(ends[childReads ? 1 : 0]);
        FileDescriptor child = new(ends[childReads ? 0 : 1]);
        try
        {
            child = child.OutOfTheWay();
            return Libc.fcntl(own.Number, Libc.F_SETFL, Libc.O_NONBLOCK) == 0
                ? new Pipe(own, child)
                : throw SpawnError.From(Marshal.GetLastWin32Error());
        }
        catch
        {
            own.Dispose();
            child.Dispose();
            throw;
        }
    }

    /// <summary>Takes the end of this process, which the caller owns from then on.</summary>
    public FileDescriptor TakeOwnEnd()
    {
        FileDescriptor own = _own ?? throw new InvalidOperationException();
        _own = null;
        return own;
    }

    public void Dispose()
    {
        _own?.Dispose();
        ChildEnd.Dispose();
    }
}
