using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace HcsPowerShell.Embedded.Native.Unix;

internal static partial class Libc
{
    internal const int LOCK_EX = 2;
    internal const int LOCK_NB = 4;
    internal const int LOCK_UN = 8;

    /// <summary>Locks an open file until its last descriptor closes.</summary>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int flock(
        SafeFileHandle file,
        int operation);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int flock(
        FileDescriptor file,
        int operation);
}
