using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Native.Unix;

internal static partial class Libc
{
    /// <param name="folder">Folder the path is relative to.</param>
    /// <param name="path">UTF-8, ending in a zero byte.</param>
    /// <param name="mode">Permission bits, less those the process masks.</param>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int mkdirat(
        FileDescriptor folder,
        byte[] path,
        uint mode);

    /// <param name="target">UTF-8, ending in a zero byte.</param>
    /// <param name="folder">Folder the path of the link is relative to.</param>
    /// <param name="path">Path of the link; must not exist.</param>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int symlinkat(
        byte[] target,
        FileDescriptor folder,
        byte[] path);

    /// <param name="file">Open for more than its path.</param>
    /// <param name="mode">Permission bits.</param>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int fchmod(
        FileDescriptor file,
        uint mode);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int ftruncate(
        FileDescriptor file,
        long length);
}
