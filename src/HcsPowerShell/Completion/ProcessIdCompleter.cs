using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Completion;

/// <summary>Completes process ids, by the beginning of the id or of the program's name, once a container is given.</summary>
public sealed class ProcessIdCompleter : IArgumentCompleter
{
    private static readonly PropertyQuery s_processList = new() { PropertyTypes = ["ProcessList"] };

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
            .. Containers(fakeBoundParameters)
                .SelectMany(container => BriefQuestion.Ask(stop => ListAsync(container, stop)))
                .Select(process => (Process: process, Id: process.ProcessId.ToString(CultureInfo.InvariantCulture)))
                .Where(p => Offer.Begins(p.Id, typed) || Offer.Begins(p.Process.ImageName, typed))
                .OrderBy(p => p.Process.ProcessId)
                .Select(p => Offer.Number(p.Id, $"{p.Id} {p.Process.ImageName}", Describe(p.Process))),
        ];
    }

    // Several are not asked one after the other: their moments would add up.
    private static IEnumerable<ContainerTarget> Containers(IDictionary? bound)
    {
        object? given = bound?["ContainerId"] ?? bound?["Id"] ?? bound?["Container"];
        object? value = Unwrap(given is object[] { Length: 1 } list ? list[0] : given);
        return value switch
        {
            HcsContainer container => [new ContainerTarget(container.HcsHost, container.Id, container)],
            HcsContainer[] { Length: 1 } one => [new ContainerTarget(one[0].HcsHost, one[0].Id, one[0])],
            string[] { Length: 1 } one => Named(one[0], bound),
            string id => Named(id, bound),
            _ => [],
        };
    }

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private static IEnumerable<ContainerTarget> Named(string id, IDictionary? bound) =>
        HostOfCommand.Find(bound) is { } host ? [new ContainerTarget(host, id, null)] : [];

    private static async Task<IEnumerable<ProcessListItem>> ListAsync(ContainerTarget target, CancellationToken stop)
    {
        using ContainerLease lease = await target.OpenAsync(stop).ConfigureAwait(false);
        return (await lease.Container.GetPropertiesAsync(s_processList, stop).ConfigureAwait(false)).ProcessList ?? [];
    }

    private static string Describe(ProcessListItem process) =>
        process.CreateTimestamp is { } started ? $"{process.ImageName}, since {started.ToLocalTime():g}"
        : process.ImageName ?? string.Empty;
}
