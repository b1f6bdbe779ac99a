using System;
using System.ComponentModel;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;

namespace HcsPowerShell.Benchmarks.LifeCycle;

/// <summary>
/// Adopts the processes that runc leaves behind and reaps them at once, so that the reaping speed of process 1 is not
/// measured.
/// </summary>
internal static class Orphans
{
    private const int PR_SET_CHILD_SUBREAPER = 36;
    private const int EINTR = 4;

    public static void TakeIn()
    {
        if (prctl(PR_SET_CHILD_SUBREAPER, 1) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    /// <summary>Waits for the end of the process whose id is in a file.</summary>
    public static void Reap(string processIdFile)
    {
        int processId = int.Parse(File.ReadAllText(processIdFile), CultureInfo.InvariantCulture);
        while (waitpid(processId, IntPtr.Zero, 0) < 0)
        {
            int error = Marshal.GetLastPInvokeError();
            if (error != EINTR)
            {
                throw new Win32Exception(error);
            }
        }
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int prctl(int option, nuint value);

    [DllImport("libc", SetLastError = true)]
    private static extern int waitpid(int processId, IntPtr status, int options);
}
