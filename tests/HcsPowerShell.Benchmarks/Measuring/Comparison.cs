using System;
using System.Globalization;

namespace HcsPowerShell.Benchmarks.Measuring;

/// <summary>Two series that were taken in turns, and the ratio of their medians.</summary>
/// <param name="Name">What was done.</param>
/// <param name="Target">The highest ratio that is good enough; null where there is none.</param>
internal sealed record Comparison(string Name, double? Target = null)
{
    /// <summary>Times of the module.</summary>
    public Series Module { get; } = new();

    /// <summary>Times of the same without it.</summary>
    public Series Bare { get; } = new();

    public double Ratio => Module.Median / Bare.Median;

    public bool IsMissed => Ratio > Target;

    /// <summary>Forgets what was taken to warm up.</summary>
    public void Clear()
    {
        Module.Clear();
        Bare.Clear();
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name,-46}{Show(Module.Median),16}{Show(Bare.Median),16}{Ratio,8:0.00}{Verdict}");

    private string Verdict => Target is { } target
        ? string.Create(CultureInfo.InvariantCulture, $"  {(IsMissed ? "over" : "within")} {target:0.00}")
        : string.Empty;

    private static string Show(TimeSpan time) => string.Create(
        CultureInfo.InvariantCulture, $"{time.TotalMicroseconds:#,0.0} us");
}
