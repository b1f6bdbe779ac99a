using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Native.Unix;

internal static partial class Libc
{
    internal const int F_SETFL = 4;
    internal const int F_OFD_SETLK = 37;
    internal const short F_RDLCK = 0;
    internal const short F_WRLCK = 1;
    internal const short F_UNLCK = 2;
    internal const int F_DUPFD_CLOEXEC = 1030;
    internal const int F_ADD_SEALS = 1033;

    /// <summary>Nothing about the file changes any more: neither content nor size nor seals.</summary>
    internal const int F_SEAL_ALL = 0x0F;

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

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int fcntl(
        FileDescriptor fd,
        int command,
        in FileLock argument);

    /// <summary>struct flock, of a whole file unless more is said.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct FileLock
    {
        public short Type;
        public short Whence;
        public long Start;
        public long Length;
        public int ProcessId;
    }
}
