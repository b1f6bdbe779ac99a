using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Completion;

/// <summary>Completes a property of containers: each value once, with the containers that have it.</summary>
public abstract class ListedValueCompleter : IArgumentCompleter
{
    private protected ListedValueCompleter()
    {
    }

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
                .GroupBy(container => ValueOf(container) ?? string.Empty, StringComparer.OrdinalIgnoreCase)
                .Where(same => same.Key.Length > 0 && (word.Begins(same.Key) || word.Begins(Write(same.Key))))
                .OrderBy(same => same.Key, StringComparer.OrdinalIgnoreCase)
                .Select(same => word.Offer(Write(same.Key), Describe(same), same.Key)),
        ];
    }

    private protected abstract string? ValueOf(ContainerProperties container);

    /// <summary>The argument of the parameter for the value.</summary>
    private protected virtual string Write(string value) => value;

    private static string Describe(IEnumerable<ContainerProperties> containers) =>
        string.Join(", ", containers.Select(container => $"{container.Id} {container.State}"));
}
