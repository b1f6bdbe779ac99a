using System;
using System.Collections;
using System.IO;
using System.Linq;
using HcsPowerShell.Embedded.Contracts;

namespace HcsPowerShell.Embedded.Tests.Windows;

/// <summary>Starts of the programs in <see cref="ChildProgram"/>, without pipes unless a test adds them.</summary>
internal static class Child
{
    internal static ProcessStart Of(string program, params string[] arguments) =>
        Starting(Environment.ProcessPath!, string.Join(' ', [ChildProgram.Marker, program, .. arguments]));

    /// <summary>Writes a line, waits for one, exits with 3.</summary>
    internal static ProcessStart Waiting =>
        OfCommand("echo ready& set /p line=& exit 3") with { StandardInput = true, StandardError = true };

    /// <summary>The command interpreter: quick to start where many are needed.</summary>
    internal static ProcessStart OfCommand(string command) =>
        Starting(Path.Combine(Environment.SystemDirectory, "cmd.exe"), "/c " + command);

    private static ProcessStart Starting(string executable, string arguments) => new()
    {
        Executable = executable,
        Arguments = [],
        CommandLine = $"\"{executable}\" {arguments}",
        WorkingDirectory = AppContext.BaseDirectory,
        Environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(variable => (string)variable.Key, variable => (string)variable.Value!),
    };
}
