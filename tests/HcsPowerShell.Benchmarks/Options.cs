using System;
using System.Globalization;

namespace HcsPowerShell.Benchmarks;

/// <summary>The options of the command line.</summary>
/// <param name="Imports">The number of new processes of each kind.</param>
/// <param name="Rounds">The number of life cycles and of endpoints of each kind.</param>
/// <param name="Samples">The number of rounds of statistics samples of each kind.</param>
/// <param name="Calls">The number of rounds of native calls of each kind.</param>
/// <param name="Outputs">The number of processes of each kind whose output is read.</param>
/// <param name="Require">True if a missed target is a failure.</param>
internal sealed record Options(int Imports, int Rounds, int Samples, int Calls, int Outputs, bool Require)
{
    public const string Usage = "HcsPowerShell.Benchmarks [--imports N] [--rounds N] [--samples N] [--calls N] [--outputs N] [--require]";

    /// <returns>The options; null if the arguments contain anything else.</returns>
    public static Options? Parse(string[] arguments)
    {
        Options options = new(Imports: 15, Rounds: 60, Samples: 300, Calls: 30, Outputs: 7, Require: false);
        for (int i = 0; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case "--require":
                    options = options with { Require = true };
                    break;
                case "--imports" when Number(arguments, ++i) is { } imports:
                    options = options with { Imports = imports };
                    break;
                case "--rounds" when Number(arguments, ++i) is { } rounds:
                    options = options with { Rounds = rounds };
                    break;
                case "--samples" when Number(arguments, ++i) is { } samples:
                    options = options with { Samples = samples };
                    break;
                case "--calls" when Number(arguments, ++i) is { } calls:
                    options = options with { Calls = calls };
                    break;
                case "--outputs" when Number(arguments, ++i) is { } outputs:
                    options = options with { Outputs = outputs };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }

    private static int? Number(string[] arguments, int index) =>
        index < arguments.Length
        && int.TryParse(arguments[index], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        && number > 0
            ? number
            : null;
}
