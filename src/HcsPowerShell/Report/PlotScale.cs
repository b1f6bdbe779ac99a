using System;
using System.Linq;

namespace HcsPowerShell.Report;

/// <summary>Where the vertical axis of a plot ends, so that its quarters are round numbers.</summary>
internal static class PlotScale
{
    private static readonly double[] s_decimal = [1, 2, 4, 8, 10];

    /// <summary>For numbers that people count by tens; 4 at least.</summary>
    public static double Decimal(double highest)
    {
        double end = Math.Max(highest, 4);
        double unit = Math.Pow(10, Math.Floor(Math.Log10(end)));
        return s_decimal.First(step => step * unit >= end) * unit;
    }

    /// <summary>For bytes: a power of two, 4 at least.</summary>
    public static double Binary(double highest) =>
        Math.Pow(2, Math.Ceiling(Math.Log(Math.Max(highest, 4)) / Math.Log(2)));
}
