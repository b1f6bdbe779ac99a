using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Native.Unix;

internal static partial class Libc
{
    /// <summary>Opens the master of a new pseudo terminal.</summary>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int posix_openpt(int flags);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int grantpt(FileDescriptor fd);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int unlockpt(FileDescriptor fd);

    /// <param name="fd">The master.</param>
    /// <param name="buffer">Receives the path of the terminal, ending in a zero byte.</param>
    /// <param name="size">Room in the buffer.</param>
    /// <returns>An error number.</returns>
    [DllImport(Library, ExactSpelling = true)]
    internal static extern int ptsname_r(
        FileDescriptor fd,
        byte[] buffer,
        nint size);
}
