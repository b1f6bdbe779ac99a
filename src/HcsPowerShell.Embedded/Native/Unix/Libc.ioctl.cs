using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Native.Unix;

internal static partial class Libc
{
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
