using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using HcsPowerShell.Benchmarks.Import;
using HcsPowerShell.Benchmarks.Output;

namespace HcsPowerShell.Benchmarks.Engine;

/// <summary>Runs one measurement in a new process of this program, which has loaded and kept nothing yet.</summary>
internal static class Child
{
    private const string Argument = "--child";

    private static readonly Dictionary<string, Action<string[]>> s_kinds = new()
    {
        [nameof(FirstImport)] = FirstImport.Run,
        [nameof(OutputMemory)] = OutputMemory.Run,
    };

    /// <summary>Runs the measurement that the arguments name; false if they name none.</summary>
    public static bool TryRun(string[] arguments)
    {
        if (arguments is not [Argument, string kind, .. string[] rest])
        {
            return false;
        }

        s_kinds[kind](rest);
        return true;
    }

    /// <summary>Starts the process, and returns the words of its last line.</summary>
    public static string[] Ask(string kind, params string[] arguments)
    {
        using Process process = Process.Start(
            new ProcessStartInfo(Environment.ProcessPath!, [Argument, kind, .. arguments]) { RedirectStandardOutput = true })!;
        string answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? answer.Split('\n', StringSplitOptions.RemoveEmptyEntries).Last().Split(' ')
            : throw new InvalidOperationException($"{kind} {string.Join(' ', arguments)} fails: {answer}");
    }
}
