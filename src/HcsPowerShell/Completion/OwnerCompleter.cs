using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace HcsPowerShell.Completion;

/// <summary>Completes the owners that containers have.</summary>
public sealed class OwnerCompleter : IArgumentCompleter
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
                .Where(c => !string.IsNullOrEmpty(c.Owner) && Offer.Begins(c.Owner, typed))
                .GroupBy(c => c.Owner!, StringComparer.OrdinalIgnoreCase)
                .OrderBy(own => own.Key, StringComparer.OrdinalIgnoreCase)
                .Select(own => Offer.Text(own.Key, string.Join(", ", own.Select(c => $"{c.Id} {c.State}")), wordToComplete)),
        ];
    }
}
