using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Linux.Native;

internal static partial class Libc
{
    internal const int AF_UNIX = 1;
    internal const int AF_INET = 2;
    internal const int SOCK_STREAM = 1;
    internal const int SOCK_DGRAM = 2;
    internal const int SOCK_CLOEXEC = O_CLOEXEC;
    internal const int MSG_CMSG_CLOEXEC = 0x40000000;

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int socket(
        int domain,
        int type,
        int protocol);

    /// <param name="socket">The socket.</param>
    /// <param name="address">struct sockaddr_un or sockaddr_in.</param>
    /// <param name="length">Its length.</param>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int bind(
        FileDescriptor socket,
        byte[] address,
        uint length);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int getsockname(
        FileDescriptor socket,
        [Out] byte[] address,
        ref uint length);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int listen(
        FileDescriptor socket,
        int backlog);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int accept4(
        FileDescriptor socket,
        nint address,
        nint length,
        int flags);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern nint recvmsg(
        FileDescriptor socket,
        ref MessageHeader message,
        int flags);

    /// <summary>struct iovec.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct IoVector
    {
        public nint Base;
        public nint Length;
    }

    /// <summary>struct msghdr of 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct MessageHeader
    {
        public nint Name;
        public uint NameLength;
        public nint Vectors;
        public nint VectorCount;
        public nint Control;
        public nint ControlLength;
        public int Flags;
    }
}
