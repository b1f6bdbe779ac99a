using System;
using System.Globalization;

namespace HcsPowerShell.Benchmarks.Measuring;

/// <summary>Two series that were measured alternately, and the ratio of their medians.</summary>
/// <param name="Name">The measured action.</param>
/// <param name="Target">The highest acceptable ratio; null if there is none.</param>
internal sealed record Comparison(string Name, double? Target = null)
{
    /// <summary>Times with the module.</summary>
    public Series Module { get; } = new();

    /// <summary>Times of the same action without the module.</summary>
    public Series Bare { get; } = new();

    public double Ratio => Module.Median / Bare.Median;

    public bool IsMissed => Ratio > Target;

    /// <summary>Removes the times of the warm-up.</summary>
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
