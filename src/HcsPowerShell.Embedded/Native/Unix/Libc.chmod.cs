using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Native.Unix;

internal static partial class Libc
{
    /// <param name="path">UTF-8, ending in a zero byte.</param>
    /// <param name="mode">Permission bits.</param>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int chmod(
        byte[] path,
        uint mode);
}
