using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Native.Unix;

internal static partial class Libc
{
    internal const int X_OK = 1;

    /// <param name="path">UTF-8, ending in a zero byte.</param>
    /// <param name="mode">_OK flags.</param>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int access(
        byte[] path,
        int mode);
}
