using System;
using System.Diagnostics;
using System.Threading;
using HcsPowerShell.Contract;

namespace HcsPowerShell.Tests.Engine;

/// <summary>Waits until a condition holds.</summary>
public static class Poll
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);

    public static void Until(Func<bool> condition, string what)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            if (clock.Elapsed > Waits.Limit)
            {
                throw new TimeoutException($"Not within {Waits.Limit}: {what}");
            }

            Thread.Sleep(s_pause);
        }
    }
}
