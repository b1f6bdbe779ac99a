using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Native.Unix;

internal static partial class Libc
{
    // The same number on every architecture; Linux 5.1. The C library has no wrapper before glibc 2.36.
    private const nint SYS_pidfd_send_signal = 424;

    /// <summary>Sends a signal to this process and never to another that got its id.</summary>
    internal static int pidfd_send_signal(FileDescriptor process, int signal) =>
        (int)syscall(SYS_pidfd_send_signal, process, signal, 0, 0);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    private static extern nint syscall(
        nint number,
        FileDescriptor process,
        nint signal,
        nint info,
        nint flags);
}
