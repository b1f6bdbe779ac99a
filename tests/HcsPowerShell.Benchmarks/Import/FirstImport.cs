using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using HcsPowerShell.Benchmarks.Engine;

namespace HcsPowerShell.Benchmarks.Import;

/// <summary>
/// Measures the first import in a process, and the first command after it: the second of each would load nothing any more.
/// </summary>
internal static class FirstImport
{
    /// <summary>Measures in a new process.</summary>
    public static (TimeSpan Import, TimeSpan Command) Take(string manifest, string command) =>
        Child.Ask(nameof(FirstImport), manifest, command)
            .Select(ticks => TimeSpan.FromTicks(long.Parse(ticks, CultureInfo.InvariantCulture))).ToArray() is [var import, var first]
            ? (import, first)
            : throw new InvalidOperationException($"{command} of {manifest} writes something.");

    /// <summary>Measures in this process, and writes both times to standard output in units of 100 ns.</summary>
    public static void Run(string[] arguments)
    {
        using Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.ThreadOptions = PSThreadOptions.UseCurrentThread;
        runspace.Open();
        long import = Take("Import-Module", ("Name", arguments[0]));
        long command = Take(arguments[1]);
        Console.WriteLine($"{import} {command}");

        long Take(string name, params (string Name, object Value)[] parameters)
        {
            using var shell = PowerShell.Create(runspace);
            shell.AddCommand(name).AddParameter("ErrorAction", ActionPreference.Stop);
            Array.ForEach(parameters, parameter => shell.AddParameter(parameter.Name, parameter.Value));
            long start = Stopwatch.GetTimestamp();
            shell.Invoke();
            return Stopwatch.GetElapsedTime(start).Ticks;
        }
    }
}
