using System.Collections.Generic;
using System.Linq;

namespace HcsPowerShell.Interop.Documents.Rules;

/// <summary>
/// The rules that a schema 2 process document must satisfy: the same as for its schema 1 counterpart.
/// </summary>
internal static class ProcessParametersRules
{
    public static IEnumerable<DocumentProblem> Check(ProcessParameters parameters) =>
        [.. ProcessConfigRules.CheckMembers(Counterpart(parameters)), .. TextRules.Check(parameters)];

    private static ProcessConfig Counterpart(ProcessParameters parameters) => new()
    {
        ApplicationName = parameters.ApplicationName,
        CommandLine = parameters.CommandLine,
        CommandArgs = parameters.CommandArgs,
        Environment = parameters.Environment,
        ConsoleSize = parameters.ConsoleSize?.Select(n => (uint)n).ToArray() ?? new uint[2],
    };
}
