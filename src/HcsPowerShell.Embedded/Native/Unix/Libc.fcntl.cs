using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Native.Unix;

internal static partial class Libc
{
    internal const int F_SETFL = 4;
    internal const int F_DUPFD_CLOEXEC = 1030;

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int fcntl(
        int fd,
        int command,
        int argument);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int fcntl(
        FileDescriptor fd,
        int command,
        int argument);
}
