using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Native.Unix;

internal static partial class Libc
{
    internal const int CLONE_FS = 0x200;
    internal const int CLONE_NEWNS = 0x20000;
    internal const int MNT_DETACH = 2;

    /// <summary>Gives the calling thread what it shared with the others of its process.</summary>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int unshare(int flags);

    /// <summary>Moves the calling thread into a namespace.</summary>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int setns(
        FileDescriptor fd,
        int type);

    /// <summary>The working folder of the calling thread, if it shares none.</summary>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int fchdir(FileDescriptor fd);

    /// <param name="target">UTF-8, ending in a zero byte.</param>
    /// <param name="flags">MNT_ flags.</param>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int umount2(
        byte[] target,
        int flags);
}
