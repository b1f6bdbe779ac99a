using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Native.Unix;

internal static partial class Libc
{
    internal const int O_RDONLY = 0;
    internal const int O_WRONLY = 1;
    internal const int O_RDWR = 2;
    internal const int O_NOCTTY = 0x100;
    internal const int O_NONBLOCK = 0x800;
    internal const int O_CLOEXEC = 0x80000;

    /// <param name="path">UTF-8, ending in a zero byte.</param>
    /// <param name="flags">O_ flags.</param>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int open(
        byte[] path,
        int flags);
}
