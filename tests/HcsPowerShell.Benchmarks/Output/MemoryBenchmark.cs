using System;
using System.Globalization;
using HcsPowerShell.Benchmarks.Measuring;

namespace HcsPowerShell.Benchmarks.Output;

/// <summary>
/// Measures the peak memory of this process while little and while much output flows through the command.
/// </summary>
internal static class MemoryBenchmark
{
    private const int Few = 2;
    private const int Many = 12;

    public static string Run(InvokedWriter writer)
    {
        long few = Take(Few);
        long many = Take(Many);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{"peak memory, 192 MiB of lines / 32 MiB",-46}{Show(many),16}{Show(few),16}{(double)many / few,8:0.00}");

        long Take(int files)
        {
            // Releases the heap memory that earlier measurements left.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            PeakMemory.Reset();
            writer.Run(InvokedWriter.Lines, files);
            return PeakMemory.Read();
        }
    }

    private static string Show(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:#,0.0} MB");
}
