using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Native.Unix;

internal static partial class Libc
{
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern nint write(
        FileDescriptor fd,
        ref byte buffer,
        nint count);
}
