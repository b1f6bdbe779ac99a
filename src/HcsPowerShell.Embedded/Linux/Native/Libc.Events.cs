using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Linux.Native;

internal static partial class Libc
{
    internal const short POLLIN = 1;
    internal const short POLLOUT = 4;

    /// <param name="descriptors">Descriptors to watch; receives the events that occurred.</param>
    /// <param name="count">Number of descriptors to watch.</param>
    /// <param name="timeout">Milliseconds; -1 waits without end.</param>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int poll(
        [In, Out] PollDescriptor[] descriptors,
        nuint count,
        int timeout);

    /// <summary>struct pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short ReturnedEvents;
    }

    internal const int EFD_NONBLOCK = O_NONBLOCK;
    internal const int EFD_CLOEXEC = O_CLOEXEC;

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int eventfd(
        uint initial,
        int flags);

    /// <param name="ends">Receives the reading end, then the writing end.</param>
    /// <param name="flags">O_ flags for both ends.</param>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int pipe2(
        [Out] int[] ends,
        int flags);
}
