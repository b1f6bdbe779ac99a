using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using HcsPowerShell.Hosts;

namespace HcsPowerShell.Completion;

/// <summary>Completes the names of hosts.</summary>
public sealed class HostCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        HcsHosts.All
            .Where(h => Offer.Begins(h.Name, Offer.Typed(wordToComplete)))
            .Select(h => Offer.Text(h.Name, Describe(h), wordToComplete));

    private static string Describe(HcsHost host) =>
        host.Isolation is { } isolation ? $"{host.Kind} host, isolation {isolation}" : $"{host.Kind} host";
}
