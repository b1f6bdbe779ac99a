using System;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Contract;

namespace HcsPowerShell.Tests.Engine;

/// <summary>Runs and stops pipelines; every wait has a limit.</summary>
public static class ShellWaits
{
    /// <summary>
    /// Runs a pipeline to its end. A pipeline that does not end within a limit is stopped, and fails the test.
    /// </summary>
    /// <param name="shell">The pipeline.</param>
    /// <param name="output">Gets the output, up to the failure if the pipeline fails.</param>
    public static void InvokeWithin(this PowerShell shell, PSDataCollection<PSObject> output)
    {
        // A pipeline may have several steps that each take their time.
        TimeSpan limit = 2 * Waits.Limit;
        IAsyncResult running = shell.BeginInvoke<PSObject, PSObject>(null, output);
        if (!running.AsyncWaitHandle.WaitOne(limit))
        {
            shell.StopWithin();
            throw new TimeoutException($"Not within {limit}: the end of {Text(shell)}");
        }

        shell.EndInvoke(running);
    }

    /// <summary>Stops a pipeline as Ctrl+C does, and waits until it has stopped.</summary>
    public static void StopWithin(this PowerShell shell)
    {
        if (!shell.BeginStop(null, null).AsyncWaitHandle.WaitOne(Waits.Limit))
        {
            throw new TimeoutException($"Not within {Waits.Limit}: the stop of {Text(shell)}");
        }
    }

    /// <summary>Returns the text of the pipeline for failures.</summary>
    public static string Text(PowerShell shell) => string.Join(" | ", shell.Commands.Commands.Select(c => c.CommandText));
}
