using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Native.Unix;

internal static partial class Libc
{
    /// <summary>Bytes of a sigset_t.</summary>
    internal const int SignalSetSize = 128;

    [DllImport(Library, ExactSpelling = true)]
    internal static extern int sigemptyset([Out] byte[] signals);

    [DllImport(Library, ExactSpelling = true)]
    internal static extern int sigfillset([Out] byte[] signals);
}
