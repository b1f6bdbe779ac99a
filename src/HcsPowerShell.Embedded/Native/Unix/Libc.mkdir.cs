using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Native.Unix;

internal static partial class Libc
{
    internal const int O_CREAT = 0x40;

    /// <param name="path">UTF-8, ending in a zero byte.</param>
    /// <param name="mode">Permission bits.</param>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int mkdir(
        byte[] path,
        uint mode);

    /// <param name="path">UTF-8, ending in a zero byte.</param>
    /// <param name="flags">O_ flags, O_CREAT among them.</param>
    /// <param name="mode">Permission bits of a file that is made.</param>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int open(
        byte[] path,
        int flags,
        uint mode);
}
