using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Native.Unix;

internal static partial class Libc
{
    // The same number on every architecture; the C library has no wrapper before glibc 2.36.
    private const nint SYS_pidfd_open = 434;

    /// <summary>Opens a descriptor, close-on-exec, that becomes readable when the process has exited.</summary>
    /// <returns>-1 on failure, with the error number set.</returns>
    internal static int pidfd_open(int pid) => (int)syscall(SYS_pidfd_open, pid, 0);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    private static extern nint syscall(
        nint number,
        nint first,
        nint second);
}
