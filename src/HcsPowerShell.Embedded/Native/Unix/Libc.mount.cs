using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Native.Unix;

internal static partial class Libc
{
    internal const nuint MS_BIND = 0x1000;
    internal const nuint MS_REC = 0x4000;

    /// <param name="source">Device or name; UTF-8, ending in a zero byte.</param>
    /// <param name="target">Where; links are followed.</param>
    /// <param name="type">Type of the file system.</param>
    /// <param name="flags">MS_ flags.</param>
    /// <param name="data">Options of the file system, at most a page of them.</param>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int mount(
        byte[]? source,
        byte[] target,
        byte[]? type,
        nuint flags,
        byte[]? data);
}
