using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Native.Unix;

internal static partial class Libc
{
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern nint read(
        FileDescriptor fd,
        ref byte buffer,
        nint count);
}
