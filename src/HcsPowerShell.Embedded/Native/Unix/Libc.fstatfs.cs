using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Native.Unix;

internal static partial class Libc
{
    internal const long PROC_SUPER_MAGIC = 0x9FA0;
    internal const long SYSFS_MAGIC = 0x62656572;

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int fstatfs(
        FileDescriptor fd,
        out FileSystem system);

    /// <summary>The head of struct statfs of 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 256)]
    internal struct FileSystem
    {
        public long Type;
    }
}
