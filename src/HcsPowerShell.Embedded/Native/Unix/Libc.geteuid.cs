using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Native.Unix;

internal static partial class Libc
{
    [DllImport(Library, ExactSpelling = true)]
    internal static extern uint geteuid();
}
