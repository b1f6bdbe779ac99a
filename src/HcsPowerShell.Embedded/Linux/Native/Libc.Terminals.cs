using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Linux.Native;

internal static partial class Libc
{
    /// <summary>Opens the master of a new pseudo terminal.</summary>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int posix_openpt(int flags);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int grantpt(FileDescriptor fd);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int unlockpt(FileDescriptor fd);

    /// <param name="fd">The master.</param>
    /// <param name="buffer">Receives the path of the terminal, ending in a zero byte.</param>
    /// <param name="size">Room in the buffer.</param>
    /// <returns>An error number.</returns>
    [DllImport(Library, ExactSpelling = true)]
    internal static extern int ptsname_r(
        FileDescriptor fd,
        byte[] buffer,
        nint size);

    internal const int TCSANOW = 0;
    internal const uint IUTF8 = 0x4000;
    internal const uint ICANON = 0x2;

    /// <param name="fd">A terminal; the master of a pseudo terminal returns the modes of its other end.</param>
    /// <param name="termios">Receives the modes.</param>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int tcgetattr(
        FileDescriptor fd,
        out Termios termios);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int tcsetattr(
        FileDescriptor fd,
        int actions,
        in Termios termios);

    /// <summary>struct termios; the members after the characters differ and stay unchanged.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 128)]
    internal struct Termios
    {
        public uint InputModes;
        public uint OutputModes;
        public uint ControlModes;
        public uint LocalModes;
        public byte LineDiscipline;
        public byte Interrupt;
        public byte Quit;
        public byte Erase;
        public byte Kill;
        public byte EndOfFile;
    }

    internal const nuint TIOCSWINSZ = 0x5414;

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int ioctl(
        FileDescriptor fd,
        nuint request,
        in WindowSize size);

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
