using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace HcsPowerShell.Benchmarks.Native;

/// <summary>Draws times against the number of systems as SVG, both axes logarithmic.</summary>
internal static class GrowthPlot
{
    private const int Width = 720;
    private const int Height = 400;
    private const int Left = 70;
    private const int Right = 210;
    private const int Top = 20;
    private const int Bottom = 50;

    private static readonly (string Name, string Colour, Func<Growth, TimeSpan> Of)[] s_lines =
    [
        ("completion of ids", "#9467bd", growth => growth.Completion),
        ("list", "#1f77b4", growth => growth.List),
        ("first of the list", "#2ca02c", growth => growth.First),
        ("bare call with its JSON", "#7f7f7f", growth => growth.Bare),
    ];

    public static void Write(string file, IReadOnlyList<Growth> grown)
    {
        double[] times = [.. s_lines.SelectMany(line => grown.Select(growth => Log(line.Of(growth))))];
        (double From, double To) power = (Math.Floor(times.Min()), Math.Ceiling(times.Max()));
        (double From, double To) systems = (Math.Log10(grown[0].Systems), Math.Log10(grown[^1].Systems));
        StringBuilder svg = new();
        Add($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" font-family="sans-serif" font-size="12">""");
        Add($"""<rect width="{Width}" height="{Height}" fill="white"/>""");
        for (double tick = power.From; tick <= power.To; tick++)
        {
            Add($"""<path d="M{Left} {Y(tick):0.0}H{Width - Right}" stroke="#dddddd"/>""");
            Add($"""<text x="{Left - 8}" y="{Y(tick) + 4:0.0}" text-anchor="end">{Math.Pow(10, tick):0.###} ms</text>""");
        }

        foreach (Growth growth in grown)
        {
            Add($"""<text x="{X(growth):0.0}" y="{Height - Bottom + 20}" text-anchor="middle">{growth.Systems:#,0}</text>""");
        }

        Add($"""<text x="{(Left + Width - Right) / 2}" y="{Height - 10}" text-anchor="middle">systems</text>""");
        for (int i = 0; i < s_lines.Length; i++)
        {
            (string name, string colour, Func<Growth, TimeSpan> of) = s_lines[i];
            string points = string.Join(
                ' ', grown.Select(growth => string.Create(CultureInfo.InvariantCulture, $"{X(growth):0.0},{Y(Log(of(growth))):0.0}")));
            int y = Top + 10 + (20 * i);
            Add($"""<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>""");
            Add($"""<path d="M{Width - Right + 15} {y}h20" stroke="{colour}" stroke-width="2"/>""");
            Add($"""<text x="{Width - Right + 42}" y="{y + 4}">{name}</text>""");
        }

        Add($"</svg>");
        File.WriteAllText(file, svg.ToString());

        void Add(FormattableString line) => svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

        double X(Growth growth) =>
            Left + ((Width - Left - Right) * (Math.Log10(growth.Systems) - systems.From) / (systems.To - systems.From));

        double Y(double log) => Height - Bottom - ((Height - Top - Bottom) * (log - power.From) / (power.To - power.From));
    }

    private static double Log(TimeSpan time) => Math.Log10(time.TotalMilliseconds);
}
