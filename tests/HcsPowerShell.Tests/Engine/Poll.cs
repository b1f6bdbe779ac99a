using System;
using System.Diagnostics;
using System.Threading;
using Xunit.Sdk;

namespace HcsPowerShell.Tests.Engine;

/// <summary>Waits for what comes by itself.</summary>
public static class Poll
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);

    public static void Until(Func<bool> condition, string what)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            if (clock.Elapsed > s_deadline)
            {
                throw new XunitException($"Waited {s_deadline.TotalSeconds} s in vain for {what}.");
            }

            Thread.Sleep(s_pause);
        }
    }
}
