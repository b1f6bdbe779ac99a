using System;
using System.Diagnostics;
using CsCheck;

namespace HcsPowerShell.Contract;

/// <summary>
/// Runs a property on many inputs: few and always the same ones in a run of all tests, many where the environment variable
/// HCSPOWERSHELL_CAMPAIGN says how many times as many.
/// </summary>
internal static class Campaign
{
    private const uint Stream = 101;

    // Tries for a smaller input that fails.
    private const int ShrinkTries = 300;

    /// <summary>How many times the short form; 1 unless asked.</summary>
    public static int Factor { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("HCSPOWERSHELL_CAMPAIGN"), out int factor) && factor > 1 ? factor : 1;

    public static bool IsFull => Factor > 1;

    /// <summary>Runs it; the failure names the smallest input that was found, and how to get it again.</summary>
    /// <param name="name">What the count is printed under.</param>
    /// <param name="inputs">Makes the inputs.</param>
    /// <param name="check">Throws for an input that is met wrongly.</param>
    /// <param name="count">Inputs of the short form.</param>
    /// <param name="print">Shows an input.</param>
    /// <param name="seed">Where the inputs begin.</param>
    public static void Run<T>(
        string name, Gen<T> inputs, Action<T> check, int count, Func<T, string>? print = null, ulong seed = 20261129)
    {
        var random = new PCG(Stream, seed);
        long planned = (long)count * Factor;
        long time = Stopwatch.GetTimestamp();
        for (long number = 0; number < planned; number++)
        {
            ulong state = random.State;
            T input = inputs.Generate(random, null, out _);
            try
            {
                check(input);
            }
            catch (Exception first)
            {
                if (IsFull)
                {
                    Console.WriteLine($"campaign: {name}: input {number} fails, {first.Message}: {print?.Invoke(input)}");
                }

                // Shrinks from this input on.
                inputs.Sample(check, seed: random.ToString(state), iter: Math.Max(count, ShrinkTries), threads: 1, print: print);
                throw new InvalidOperationException($"{name}: input {number} fails, and only once", first);
            }
        }

        if (IsFull)
        {
            Console.WriteLine($"campaign: {name}: {planned} inputs in {Stopwatch.GetElapsedTime(time).TotalSeconds:0.0} s");
        }
    }
}
