using System;
using System.Globalization;
using HcsPowerShell.Benchmarks.Engine;
using HcsPowerShell.Benchmarks.Measuring;

namespace HcsPowerShell.Benchmarks.Output;

/// <summary>Measures the memory that 192 MiB of lines take in a new process.</summary>
internal static class OutputMemory
{
    public const int Files = 12;
    public const string Discard = "Invoke-HcsProcess $container -CommandArg $command | Out-Null";
    public const string Keep = "$global:kept = Invoke-HcsProcess $container -CommandArg $command";

    /// <summary>Returns the highest resident set of a new process, in bytes above that of its session before.</summary>
    /// <param name="how">Discard or Keep.</param>
    public static long Take(string how) => long.Parse(Child.Ask(nameof(OutputMemory), how)[0], CultureInfo.InvariantCulture);

    /// <summary>Measures in this process, and writes the bytes to standard output.</summary>
    public static void Run(string[] arguments)
    {
        using ModuleSession session = new(("Embedded", true), ("Isolation", "Process"));
        using Writer writer = new();
        object container = session.Run("New-HcsContainer", ("Start", true))[0].BaseObject;

        // What the import has left is no part of the empty session.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        PeakMemory.Reset();
        long empty = PeakMemory.Read();
        session.RunScript(
            "param($container, $command) " + arguments[0], ("container", container), ("command", writer.Command(Files)));
        long peak = PeakMemory.Read();
        session.Run("Stop-HcsContainer", ("Container", container), ("Force", true));
        Console.WriteLine((peak - empty).ToString(CultureInfo.InvariantCulture));
    }
}
