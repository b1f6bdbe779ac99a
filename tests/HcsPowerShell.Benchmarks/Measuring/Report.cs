using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace HcsPowerShell.Benchmarks.Measuring;

/// <summary>Writes each figure as a line, as soon as it is measured.</summary>
/// <param name="output">Where the lines go.</param>
internal sealed class Report(TextWriter output)
{
    private readonly HashSet<string> _seen = [];

    /// <summary>True if a figure misses its goal.</summary>
    public bool HasMiss { get; private set; }

    /// <summary>True if a figure could not be measured, though the machine has what it needs.</summary>
    public bool HasFailure { get; private set; }

    public void Add(params IEnumerable<Comparison> comparisons)
    {
        foreach (Comparison comparison in comparisons)
        {
            string detail = string.Create(
                CultureInfo.InvariantCulture,
                $"{comparison.Module.Median.TotalMicroseconds:0.0} us beside {comparison.Bare.Median.TotalMicroseconds:0.0} us{Allocated(comparison)}, {comparison.Module.Times.Count} rounds");
            if (comparison.Figure is { } figure)
            {
                Add(figure, comparison.Ratio, detail);
            }
            else
            {
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"beside: {comparison.Name} ratio={comparison.Ratio:0.00}; {detail}"));
            }
        }
    }

    public void Add(Figure figure, double ratio, FormattableString detail) =>
        Add(figure, ratio, detail.ToString(CultureInfo.InvariantCulture));

    /// <summary>Names each figure that has no line yet, and why.</summary>
    public void LeaveOut(IEnumerable<Figure> figures, Exception reason)
    {
        HasFailure |= reason is not MissingException;
        bool isTold = false;
        foreach (Figure figure in figures)
        {
            if (_seen.Add(figure.Name))
            {
                output.WriteLine($"left out: {figure.Name} {figure}; {(reason is MissingException ? reason.Message : reason)}");
                isTold = true;
            }
        }

        if (!isTold)
        {
            output.WriteLine($"failed after its figures: {reason}");
        }
    }

    /// <summary>Writes a line that is no figure.</summary>
    public void Tell(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private void Add(Figure figure, double ratio, string detail)
    {
        _seen.Add(figure.Name);
        double miss = figure.Miss(ratio);
        HasMiss |= miss > 0;
        string missed = miss > 0 ? string.Create(CultureInfo.InvariantCulture, $" missed by {miss:0.00}") : string.Empty;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"figure: {figure.Name} ratio={ratio:0.00} {figure}{missed}; {detail}"));
    }

    private static string Allocated(Comparison comparison) =>
        comparison.Module.Allocated is { } module && comparison.Bare.Allocated is { } bare
            ? string.Create(CultureInfo.InvariantCulture, $", {module:0} bytes allocated beside {bare:0}")
            : string.Empty;
}
