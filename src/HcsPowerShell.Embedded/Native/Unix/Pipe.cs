using System;
using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Native.Unix;

/// <summary>A new pipe, close-on-exec: one end, which never blocks, for this process; one for a child.</summary>
internal sealed class Pipe : IDisposable
{
    private FileDescriptor? _ours;

    private Pipe(FileDescriptor ours, FileDescriptor childs)
    {
        _ours = ours;
        Childs = childs;
    }

    /// <summary>The end to be handed to the child.</summary>
    public FileDescriptor Childs { get; }

    /// <param name="childReads">The child reads and this process writes; otherwise the other way round.</param>
    /// <exception cref="HcsException">No descriptor is left.</exception>
    public static Pipe Create(bool childReads)
    {
        int[] ends = new int[2];
        if (Libc.pipe2(ends, Libc.O_CLOEXEC) != 0)
        {
            throw SpawnError.From(Marshal.GetLastWin32Error());
        }

        FileDescriptor ours = new(ends[childReads ? 1 : 0]);
        FileDescriptor childs = new(ends[childReads ? 0 : 1]);
        try
        {
            childs = childs.OutOfTheWay();
            return Libc.fcntl(ours.Number, Libc.F_SETFL, Libc.O_NONBLOCK) == 0
                ? new Pipe(ours, childs)
                : throw SpawnError.From(Marshal.GetLastWin32Error());
        }
        catch
        {
            ours.Dispose();
            childs.Dispose();
            throw;
        }
    }

    /// <summary>The end of this process, which is the caller's from then on.</summary>
    public FileDescriptor TakeOurs()
    {
        FileDescriptor ours = _ours ?? throw new InvalidOperationException();
        _ours = null;
        return ours;
    }

    public void Dispose()
    {
        _ours?.Dispose();
        Childs.Dispose();
    }
}
