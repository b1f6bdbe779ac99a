using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace HcsPowerShell.Completion;

/// <summary>
/// Completes container ids for a parameter that takes objects and shares its position with the parameter for ids.
/// </summary>
/// <remarks>
/// -Container and -Id share a position, and so do -Process and -ContainerId. Before the user types anything, and inside
/// a list, the engine queries only the first of the two. For a single word it queries both, and would show two results;
/// an empty result is a result, null is not.
/// </remarks>
public sealed class SharedPositionCompleter : IArgumentCompleter
{
    private readonly ContainerIdCompleter _ids = new();

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        fakeBoundParameters.Contains("Id") || fakeBoundParameters.Contains("ContainerId") ? null!
        : IsNamed(parameterName, commandAst) ? []
        : _ids.CompleteArgument(commandName, parameterName, wordToComplete, commandAst, fakeBoundParameters);

    // When the command line names the parameter, it takes no id.
    private static bool IsNamed(string parameterName, CommandAst command) => command.CommandElements
        .OfType<CommandParameterAst>()
        .Any(given => parameterName.StartsWith(given.ParameterName, StringComparison.OrdinalIgnoreCase));
}
