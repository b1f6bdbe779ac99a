using System.Collections.Generic;
using System.Linq;

namespace HcsPowerShell.Interop.Documents.Rules;

/// <summary>The rules that a schema 1 process document must satisfy before it is sent.</summary>
public static class ProcessConfigRules
{
    /// <summary>Returns every problem of the document.</summary>
    public static IEnumerable<DocumentProblem> Check(ProcessConfig config) =>
        [.. CheckMembers(config), .. TextRules.Check(config)];

    /// <summary>Returns the problems of single members, except for the characters of their texts.</summary>
    internal static IEnumerable<DocumentProblem> CheckMembers(ProcessConfig config)
    {
        if (string.IsNullOrWhiteSpace(config.ApplicationName)
            && string.IsNullOrWhiteSpace(config.CommandLine)
            && config.CommandArgs is not { Length: > 0 })
        {
            yield return new DocumentProblem(
                "CommandLine", "Nothing to run: one of ApplicationName, CommandLine and CommandArgs is required.");
        }

        if (!string.IsNullOrWhiteSpace(config.CommandLine) && config.CommandArgs is { Length: > 0 })
        {
            yield return new DocumentProblem("CommandArgs", "Either CommandLine or CommandArgs is run, not both.");
        }

        if (config.CommandArgs?.Contains(null) == true)
        {
            yield return new DocumentProblem("CommandArgs", "An argument cannot be null; an empty one is ''.");
        }

        if (config.ConsoleSize is { Length: not 2 })
        {
            yield return new DocumentProblem("ConsoleSize", "Two numbers are required: height and width.");
        }

        foreach (string name in config.Environment?.Keys.ToArray() ?? [])
        {
            if (name.Length == 0 || name.IndexOf('=', 1) >= 0 || name.Any(char.IsControl))
            {
                yield return new DocumentProblem(
                    "Environment", $"'{TextRules.Show(name)}' is not a name of an environment variable.");
            }
        }
    }
}
