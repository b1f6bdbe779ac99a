namespace HcsPowerShell.Embedded.Linux.Native;

/// <summary>Sends signals.</summary>
internal static class Signal
{
    /// <summary>Sends without looking at the result: whoever must be sure looks again at what is left.</summary>
    /// <param name="target">A process, or minus a process group.</param>
    /// <param name="signal">SIG constant.</param>
    public static void Send(int target, int signal) => _ = Libc.kill(target, signal);
}
