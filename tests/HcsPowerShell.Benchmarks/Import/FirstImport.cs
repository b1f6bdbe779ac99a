using System;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace HcsPowerShell.Benchmarks.Import;

/// <summary>Measures the first import in a process: a second import would load nothing any more.</summary>
internal static class FirstImport
{
    public const string Argument = "--import";

    /// <summary>Measures the import in a new process.</summary>
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

    /// <summary>
    /// Measures the import in this process, and writes the time to standard output in units of 100 ns.
    /// </summary>
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
