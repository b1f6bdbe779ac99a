using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Completion;

/// <summary>Completes the ids of containers, by id or name. Never throws and never takes long.</summary>
public sealed class ContainerIdCompleter : IArgumentCompleter
{
    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        string word = (wordToComplete ?? string.Empty).Trim('\'', '"');
        return [.. List(fakeBoundParameters)
            .Where(c => StartsWith(c.Id, word) || StartsWith(c.Name, word))
            .OrderBy(c => c.Id, StringComparer.OrdinalIgnoreCase)
            .Select(Result)];
    }

    private static IEnumerable<ContainerProperties> List(IDictionary bound)
    {
        try
        {
            HcsHost host = bound?["HcsHost"] as HcsHost ?? HcsHosts.Current(out _);
            using var budget = new CancellationTokenSource(s_budget);
            Task<IEnumerable<ContainerProperties>> list =
                host.Service.GetContainersAsync(new ComputeSystemQuery(), budget.Token);
            return list.Wait(s_budget) ? list.Result.ToList() : [];
        }
        catch (Exception e) when (e is AggregateException or HcsException or HostNotFoundException)
        {
            // A completer offers what it can; the command itself will say what is wrong.
            return [];
        }
    }

    private static CompletionResult Result(ContainerProperties container)
    {
        string id = container.Id ?? string.Empty;
        string text = id.IndexOfAny([' ', '\'', '"', '{', '}', '(', ')', ';', ',', '&', '|', '$', '`', '@', '#']) < 0
            ? id
            : "'" + id.Replace("'", "''") + "'";
        return new CompletionResult(
            text, id, CompletionResultType.ParameterValue, $"{container.SystemType} {container.State}, {container.Owner}");
    }

    private static bool StartsWith(string? value, string word) =>
        value?.StartsWith(word, StringComparison.OrdinalIgnoreCase) == true;
}
