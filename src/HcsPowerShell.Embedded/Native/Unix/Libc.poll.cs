using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Native.Unix;

internal static partial class Libc
{
    internal const short POLLIN = 1;
    internal const short POLLOUT = 4;

    /// <param name="descriptors">What to watch; receives what happened.</param>
    /// <param name="count">How many of them count.</param>
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
}
