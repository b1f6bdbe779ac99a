using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Completion;

/// <summary>Completes a property of networks or endpoints: each value once, with the objects that have it.</summary>
public abstract class NetworkValueCompleter<T> : IArgumentCompleter
    where T : HostComputeObject
{
    private static readonly string s_command =
        typeof(T) == typeof(HostComputeNetwork) ? "Get-HcsNetwork" : "Get-HcsEndpoint";

    private protected NetworkValueCompleter()
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
            .. Listed(fakeBoundParameters)
                .SelectMany(one => ValuesOf(one).Select(value => (Value: value ?? string.Empty, Tip: Describe(one))))
                .GroupBy(offer => offer.Value, offer => offer.Tip, StringComparer.OrdinalIgnoreCase)
                .Where(same => same.Key.Length > 0 && word.Begins(same.Key))
                .OrderBy(same => same.Key, StringComparer.OrdinalIgnoreCase)
                .Select(same => Offer(word, same.Key, string.Join("; ", same))),
        ];
    }

    private protected virtual CompletionResult Offer(TypedWord word, string value, string tip) => word.Offer(value, tip);

    private protected abstract IEnumerable<string?> ValuesOf(T one);

    private protected abstract string Describe(T one);

    private static IReadOnlyList<T> Listed(IDictionary bound) => HostOfCommand.Find(bound) is { } host
        ? ListForCompletion.Ask<T>(
            async stop => host.Session is null
                ? await NetworkObjects.ListAsync<T>(host, null, isDetailed: true, stop).ConfigureAwait(false)
                : (await ListedElsewhere.AskAsync(host, s_command, stop).ConfigureAwait(false))
                    .Select(received => new PropertiesOf(received).Document<T>()).OfType<T>())
        : [];
}
