using System;
using System.Globalization;

namespace HcsPowerShell.Benchmarks.Measuring;

/// <summary>A figure of the table in docs/performance.md.</summary>
/// <param name="Name">The name, as the table has it.</param>
/// <param name="Goal">The highest ratio that is good.</param>
/// <param name="IsAtLeast">True if the goal is the lowest ratio that is good.</param>
internal sealed record Figure(string Name, double Goal, bool IsAtLeast = false)
{
    /// <summary>How far a ratio misses the goal; 0 if it does not.</summary>
    public double Miss(double ratio) => Math.Max(0, IsAtLeast ? Goal - ratio : ratio - Goal);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"goal={Goal:0.00}{(IsAtLeast ? " (at least)" : string.Empty)}");
}
