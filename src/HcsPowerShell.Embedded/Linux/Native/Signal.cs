namespace HcsPowerShell.Embedded.Linux.Native;

/// <summary>Sends signals.</summary>
internal static class Signal
{
    /// <summary>
    /// Sends a signal and ignores the result; a caller that must be sure checks again which processes are left.
    /// </summary>
    /// <param name="target">A process, or minus a process group.</param>
    /// <param name="signal">SIG constant.</param>
    public static void Send(int target, int signal) => _ = Libc.kill(target, signal);
}
