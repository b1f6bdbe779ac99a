using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Native.Unix;

internal static partial class Libc
{
    internal const int EFD_NONBLOCK = O_NONBLOCK;
    internal const int EFD_CLOEXEC = O_CLOEXEC;

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int eventfd(
        uint initial,
        int flags);
}
