using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace HcsPowerShell.Completion;

/// <summary>Completes the names of containers.</summary>
public sealed class ContainerNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        string typed = Offer.Typed(wordToComplete);
        return
        [
            .. ListedContainers.Of(fakeBoundParameters)
                .Where(c => !string.IsNullOrEmpty(c.Name) && Offer.Begins(c.Name, typed))
                .GroupBy(c => c.Name!, StringComparer.OrdinalIgnoreCase)
                .OrderBy(same => same.Key, StringComparer.OrdinalIgnoreCase)
                .Select(same => Offer.Text(same.Key, string.Join(", ", same.Select(c => $"{c.Id} {c.State}")), wordToComplete)),
        ];
    }
}
