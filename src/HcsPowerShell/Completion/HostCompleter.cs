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
        IDictionary fakeBoundParameters)
    {
        var word = new TypedWord(wordToComplete);
        return HcsHosts.All.Where(h => word.Begins(h.Name)).Select(h => word.Offer(h.Name, Describe(h)));
    }

    private static string Describe(HcsHost host) =>
        host.Isolation is { } isolation ? $"{host.Kind} host, isolation {isolation}" : $"{host.Kind} host";
}
