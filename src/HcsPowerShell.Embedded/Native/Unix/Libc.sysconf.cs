using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Native.Unix;

internal static partial class Libc
{
    internal const int _SC_CLK_TCK = 2;

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern nint sysconf(int name);
}
