using System.Runtime.InteropServices;

// On Unix this excludes the folder of the assembly, where another user could have put a file of that name.
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.System32)]

namespace HcsPowerShell.Terminal.Native;

/// <summary>Functions of the C library, under their own names; values are those of Linux.</summary>
internal static class Libc
{
    internal const int StandardInput = 0;
    internal const int StandardOutput = 1;

    internal const int EINTR = 4;
    internal const int EAGAIN = 11;
    internal const int O_CLOEXEC = 0x80000;
    internal const short POLLIN = 1;
    internal const int TCSANOW = 0;
    internal const nuint TIOCGWINSZ = 0x5413;

    /// <summary>Larger than struct termios in any C library.</summary>
    internal const int TermiosSize = 128;

    // The name of glibc, which the process has already loaded; musl accepts this name as its own.
    private const string Library = "libc.so.6";

    [DllImport(Library, ExactSpelling = true)]
    internal static extern void cfmakeraw([In, Out] byte[] termios);

    [DllImport(Library, ExactSpelling = true)]
    internal static extern int close(int fd);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int ioctl(
        int fd,
        nuint request,
        out WindowSize size);

    /// <param name="ends">Receives the reading end, then the writing end.</param>
    /// <param name="flags">O_ flags for both ends.</param>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int pipe2(
        [Out] int[] ends,
        int flags);

    /// <param name="descriptors">The descriptors to watch; receives their events.</param>
    /// <param name="count">The number of descriptors.</param>
    /// <param name="timeout">Milliseconds; -1 waits without end.</param>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int poll(
        [In, Out] PollDescriptor[] descriptors,
        nuint count,
        int timeout);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern nint read(
        int fd,
        byte[] buffer,
        nint count);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int tcgetattr(
        int fd,
        [Out] byte[] termios);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int tcsetattr(
        int fd,
        int actions,
        byte[] termios);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern nint write(
        int fd,
        byte[] buffer,
        nint count);

    /// <summary>struct pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short ReturnedEvents;
    }

    /// <summary>struct winsize.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct WindowSize
    {
        public ushort Rows;
        public ushort Columns;
        public ushort HorizontalPixels;
        public ushort VerticalPixels;
    }
}
