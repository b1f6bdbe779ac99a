using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Native.Unix;

internal static partial class Libc
{
    internal const int SIGKILL = 9;
    internal const int SIGTERM = 15;
    internal const int SIGCONT = 18;
    internal const int SIGSTOP = 19;

    /// <param name="pid">A process, or minus a process group.</param>
    /// <param name="signal">0 only asks whether there is such a process or group.</param>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int kill(
        int pid,
        int signal);
}
