using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Native.Unix;

internal static partial class Libc
{
    /// <param name="path">UTF-8, ending in a zero byte.</param>
    /// <param name="buffer">Receives the target, without a zero byte.</param>
    /// <param name="size">Room in the buffer.</param>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern nint readlink(
        byte[] path,
        byte[] buffer,
        nint size);
}
