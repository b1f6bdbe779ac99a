using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Completion;

/// <summary>Completes container ids, by the beginning of the id or of the name.</summary>
public sealed class ContainerIdCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var word = new TypedWord(wordToComplete);
        return
        [
            .. ListedContainers.Of(fakeBoundParameters)
                .Where(c => !string.IsNullOrEmpty(c.Id) && (word.Begins(c.Id) || word.Begins(c.Name)))
                .OrderBy(c => c.Id, StringComparer.OrdinalIgnoreCase)
                .Select(c => word.Offer(c.Id!, Describe(c))),
        ];
    }

    private static string Describe(ContainerProperties container)
    {
        string name = string.Equals(container.Name, container.Id, StringComparison.OrdinalIgnoreCase) ? string.Empty
            : $"{container.Name}: ";
        return $"{name}{container.SystemType} {container.State}, {container.Owner}";
    }
}
