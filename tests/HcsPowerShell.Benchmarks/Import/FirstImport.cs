using System;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace HcsPowerShell.Benchmarks.Import;

/// <summary>An import that is the first thing a process does: by a second one nothing is loaded any more.</summary>
internal static class FirstImport
{
    public const string Argument = "--import";

    /// <summary>Does it in a process of its own.</summary>
    public static TimeSpan Take(string manifest)
    {
        using Process process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Argument, manifest])
        {
            RedirectStandardOutput = true,
        })!;
        string answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? TimeSpan.FromTicks(long.Parse(answer, CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"The import of {manifest} fails.");
    }

    /// <summary>Does it here, and says on standard output how many 100 ns it took.</summary>
    public static void Run(string manifest)
    {
        using Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.ThreadOptions = PSThreadOptions.UseCurrentThread;
        runspace.Open();
        using PowerShell shell = PowerShell.Create(runspace);
        shell.AddCommand("Import-Module").AddParameter("Name", manifest).AddParameter("ErrorAction", ActionPreference.Stop);
        long start = Stopwatch.GetTimestamp();
        shell.Invoke();
        Console.WriteLine(Stopwatch.GetElapsedTime(start).Ticks);
    }
}
