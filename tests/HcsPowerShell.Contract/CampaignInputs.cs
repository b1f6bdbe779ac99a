using System;
using System.Diagnostics;
using CsCheck;

namespace HcsPowerShell.Contract;

/// <content>Runs a property on many inputs: few and always the same ones in the short form.</content>
internal static partial class Campaign
{
    private const uint Stream = 101;

    // Tries for a smaller input that fails.
    private const int ShrinkTries = 300;

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
                Tell($"{name}: input {number} fails, {first.Message}: {print?.Invoke(input)}");

                // Shrinks from this input on.
                inputs.Sample(check, seed: random.ToString(state), iter: Math.Max(count, ShrinkTries), threads: 1, print: print);
                throw new InvalidOperationException($"{name}: input {number} fails, and only once", first);
            }
        }

        Tell($"{name}: {planned} inputs in {Stopwatch.GetElapsedTime(time).TotalSeconds:0.0} s");
    }
}
