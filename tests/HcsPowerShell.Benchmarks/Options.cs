using System;
using System.Globalization;
using System.Linq;
using HcsPowerShell.Benchmarks.Measuring;

namespace HcsPowerShell.Benchmarks;

/// <summary>The options of the command line.</summary>
/// <param name="Effort">How often things are measured.</param>
/// <param name="Only">The beginnings of the names of the figures to measure; all if there are none.</param>
/// <param name="Plot">The file for the plot of the growth; null for none.</param>
/// <param name="Lists">True to name the figures and measure nothing.</param>
/// <param name="Require">True if a missed goal is a failure.</param>
internal sealed record Options(Effort Effort, string[] Only, string? Plot, bool Lists, bool Require)
{
    public const string Usage =
        "HcsPowerShell.Benchmarks [--list] [--only NAME[,NAME...]] [--effort PERCENT] [--plot FILE] [--require]";

    /// <returns>The options; null if the arguments contain anything else.</returns>
    public static Options? Parse(string[] arguments)
    {
        Options options = new(new Effort(Effort.Full), [], Plot: null, Lists: false, Require: false);
        for (int i = 0; i < arguments.Length; i++)
        {
            string? value = i + 1 < arguments.Length ? arguments[i + 1] : null;
            switch (arguments[i])
            {
                case "--list":
                    options = options with { Lists = true };
                    break;
                case "--require":
                    options = options with { Require = true };
                    break;
                case "--only" when value is not null:
                    options = options with { Only = value.Split(',') };
                    i++;
                    break;
                case "--plot" when value is not null:
                    options = options with { Plot = value };
                    i++;
                    break;
                case "--effort" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int percent):
                    options = options with { Effort = new Effort(percent) };
                    i++;
                    break;
                default:
                    return null;
            }
        }

        return options;
    }

    /// <summary>True if a figure is to be measured.</summary>
    public bool Wants(string figure) =>
        Only.Length == 0 || Only.Any(name => figure.StartsWith(name, StringComparison.Ordinal));
}
