using System;
using System.Collections.Generic;
using System.Linq;

namespace HcsPowerShell.Drawing;

/// <summary>A chart one line high: a block for each value, the newest to the right.</summary>
internal static class Sparkline
{
    private const string Blocks = "▁▂▃▄▅▆▇█";

    /// <summary>Exactly <paramref name="width"/> characters; an unknown value is a gap.</summary>
    /// <param name="values">The values, oldest first; the oldest are cut off at the left edge.</param>
    /// <param name="width">The width in characters.</param>
    /// <param name="top">The value of a full block, when no value is higher.</param>
    public static string Draw(IReadOnlyCollection<double?> values, int width, double top)
    {
        double?[] shown = [.. values.Skip(Math.Max(values.Count - width, 0))];
        double full = Math.Max(top, shown.Max() ?? 0);
        return new string([.. shown.Select(value => Block(value, full))]).PadLeft(Math.Max(width, 0));
    }

    private static char Block(double? value, double full) =>
        value is not { } known ? ' '
        : full <= 0 ? Blocks[0]
        : Blocks[Math.Min((int)(Math.Max(known, 0) / full * Blocks.Length), Blocks.Length - 1)];
}
