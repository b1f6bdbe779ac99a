using System.Diagnostics;
using System.IO;

namespace HcsPowerShell.Benchmarks.Measuring;

/// <summary>The peak memory use of this process.</summary>
internal static class PeakMemory
{
    /// <summary>Starts a new measurement; the value 5 resets the highest resident set in the kernel.</summary>
    public static void Reset() => File.WriteAllText("/proc/self/clear_refs", "5");

    /// <returns>The peak in bytes.</returns>
    public static long Read()
    {
        using Process self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64;
    }
}
