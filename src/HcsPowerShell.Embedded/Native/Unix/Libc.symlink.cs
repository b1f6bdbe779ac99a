using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Native.Unix;

internal static partial class Libc
{
    /// <param name="target">UTF-8, ending in a zero byte.</param>
    /// <param name="link">Path of the link; must not exist.</param>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int symlink(
        byte[] target,
        byte[] link);
}
