using System;
using System.Globalization;
using HcsPowerShell.Benchmarks.Engine;
using HcsPowerShell.Benchmarks.Measuring;

namespace HcsPowerShell.Benchmarks.Output;

/// <summary>The memory that 192 MiB of lines take in a new process.</summary>
/// <param name="Peak">The highest resident set, in bytes above that of the empty session.</param>
/// <param name="Strings">The bytes of the strings that are kept.</param>
internal sealed record OutputMemory(long Peak, long Strings)
{
    public const string Discard = "$null = & { Invoke-HcsProcess $container -CommandArg $command | Out-Null }";
    public const string Keep = "$global:kept = Invoke-HcsProcess $container -CommandArg $command";

    private const int Files = 12;

    /// <summary>Measures in a new process.</summary>
    /// <param name="how">Discard or Keep.</param>
    public static OutputMemory Take(string how) =>
        Child.Ask(nameof(OutputMemory), how) is [string peak, string strings]
            ? new(long.Parse(peak, CultureInfo.InvariantCulture), long.Parse(strings, CultureInfo.InvariantCulture))
            : throw new InvalidOperationException("The measurement of memory writes something.");

    /// <summary>Measures in this process, and writes the two numbers to standard output.</summary>
    public static void Run(string[] arguments)
    {
        using ModuleSession session = new(("Embedded", true), ("Isolation", "Process"));
        using Writer writer = new();
        object container = session.Run("New-HcsContainer", ("Start", true))[0].BaseObject;
        long before = GC.GetTotalMemory(forceFullCollection: true);
        PeakMemory.Reset();
        long empty = PeakMemory.Read();
        session.RunScript(
            "param($container, $command) " + arguments[0], ("container", container), ("command", writer.Command(Files)));
        long peak = PeakMemory.Read();
        long strings = GC.GetTotalMemory(forceFullCollection: true) - before;
        session.Run("Stop-HcsContainer", ("Container", container), ("Force", true));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{peak - empty} {strings}"));
    }
}
