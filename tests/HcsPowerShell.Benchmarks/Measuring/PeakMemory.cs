using System.Diagnostics;
using System.IO;

namespace HcsPowerShell.Benchmarks.Measuring;

/// <summary>The most memory this process has had in use.</summary>
internal static class PeakMemory
{
    /// <summary>Counts from here; to the kernel, 5 is the mark of the highest resident set.</summary>
    public static void Reset() => File.WriteAllText("/proc/self/clear_refs", "5");

    /// <returns>Bytes.</returns>
    public static long Read()
    {
        using Process self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64;
    }
}
