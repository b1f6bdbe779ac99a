using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace HcsPowerShell.Completion;

/// <summary>Completes ids of containers where an object is wanted that has its position in common with the id.</summary>
/// <remarks>
/// -Container and -Id share a position, -Process and -ContainerId do. Before anything is typed, and inside a list, the
/// engine asks for the first of them only. For a single word it asks for both, and would show two answers; an empty one is
/// an answer, null is none.
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

    // Under its own name the parameter takes no id.
    private static bool IsNamed(string parameterName, CommandAst command) => command.CommandElements
        .OfType<CommandParameterAst>()
        .Any(given => parameterName.StartsWith(given.ParameterName, StringComparison.OrdinalIgnoreCase));
}
