using System;

namespace HcsPowerShell.Benchmarks.Measuring;

/// <summary>How often things are measured.</summary>
/// <param name="Percent">The share of the full number of rounds.</param>
internal sealed record Effort(int Percent)
{
    public const int Full = 100;

    /// <summary>Returns the number of rounds, at least one.</summary>
    public int Of(int rounds) => Math.Max(1, rounds * Percent / Full);

    /// <summary>Runs the rounds and their warm-up, and forgets what was measured in the warm-up.</summary>
    /// <param name="warmUps">The full number of rounds of the warm-up.</param>
    /// <param name="rounds">The full number of rounds.</param>
    /// <param name="round">Measures each of the comparisons once.</param>
    /// <param name="comparisons">What is measured.</param>
    public void Repeat(int warmUps, int rounds, Action round, params Comparison[] comparisons)
    {
        for (int i = -Of(warmUps); i < Of(rounds); i++)
        {
            if (i == 0)
            {
                Array.ForEach(comparisons, comparison => comparison.Clear());
            }

            round();
        }
    }
}
