using System;
using System.Diagnostics;
using CsCheck;

namespace HcsPowerShell.Contract;

/// <content>Runs a property on many inputs; the short form uses a few inputs, which are always the same.</content>
internal static partial class Campaign
{
    private const uint Stream = 101;

    // The attempts to find a smaller input that fails.
    private const int ShrinkTries = 300;

    /// <summary>Runs the property. The failure shows the smallest failing input and how to produce it again.</summary>
    /// <param name="name">The name under which the count is printed.</param>
    /// <param name="inputs">Generates the inputs.</param>
    /// <param name="check">Throws if the code handles an input wrongly.</param>
    /// <param name="count">The number of inputs in the short form.</param>
    /// <param name="print">Formats an input for the failure.</param>
    /// <param name="seed">The seed of the inputs.</param>
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

                // Shrinks the input, starting from this one.
                inputs.Sample(check, seed: random.ToString(state), iter: Math.Max(count, ShrinkTries), threads: 1, print: print);
                throw new InvalidOperationException($"{name}: input {number} fails, and only once", first);
            }
        }

        Tell($"{name}: {planned} inputs in {Stopwatch.GetElapsedTime(time).TotalSeconds:0.0} s");
    }
}
