using System;
using System.Collections;
using System.IO;
using System.Linq;
using HcsPowerShell.Embedded.Contracts;

namespace HcsPowerShell.Embedded.Tests.Windows;

/// <summary>
/// Start parameters for the programs in <see cref="ChildProgram"/>, without pipes unless a test adds them.
/// </summary>
internal static class Child
{
    internal static ProcessPlan Of(string program, params string[] arguments) =>
        Starting(Environment.ProcessPath!, string.Join(' ', [ChildProgram.Marker, program, .. arguments]));

    /// <summary>A program that writes a line, waits for a line, and exits with 3.</summary>
    internal static ProcessPlan Waiting =>
        OfCommand("echo ready& set /p line=& exit 3") with { StandardInput = true, StandardError = true };

    /// <summary>The command interpreter, which starts fast if a test needs many processes.</summary>
    internal static ProcessPlan OfCommand(string command) =>
        Starting(Path.Combine(Environment.SystemDirectory, "cmd.exe"), "/c " + command);

    private static ProcessPlan Starting(string executable, string arguments) => new()
    {
        Executable = executable,
        Arguments = [],
        CommandLine = $"\"{executable}\" {arguments}",
        WorkingDirectory = AppContext.BaseDirectory,
        Environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(variable => (string)variable.Key, variable => (string)variable.Value!),
    };
}
