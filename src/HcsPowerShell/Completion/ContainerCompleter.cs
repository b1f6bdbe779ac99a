using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace HcsPowerShell.Completion;

/// <summary>Completes ids where an object may stand as well.</summary>
/// <remarks>
/// -Container and -Id share a position. Before anything is typed, and inside a list, the engine asks only for the first
/// of them; for a single word it asks both, and cannot bear two answers. An empty one is an answer, null is none.
/// </remarks>
public sealed class ContainerCompleter : IArgumentCompleter
{
    private readonly ContainerIdCompleter _ids = new();

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        commandAst.CommandElements.Skip(1).Any(element => element.Extent.Text == wordToComplete)
            ? null!
            : _ids.CompleteArgument(commandName, parameterName, wordToComplete, commandAst, fakeBoundParameters);
}
