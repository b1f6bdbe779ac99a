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

/// <summary>
/// Completes process ids, by the beginning of the id or of the program's name, once the command line names a container.
/// </summary>
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
        if (FindContainer(fakeBoundParameters) is not { } container)
        {
            return [];
        }

        var word = new TypedWord(wordToComplete);
        return
        [
            .. ListForCompletion.Ask(stop => ListAsync(container, stop))
                .Where(process => word.Begins(Text(process)) || word.Begins(process.ImageName))
                .OrderBy(process => process.ProcessId)
                .Select(Offer),
        ];
    }

    // The completer does not query several containers one after the other, because the waits would add up.
    private static ContainerTarget? FindContainer(IDictionary bound)
    {
        object? given = bound["ContainerId"] ?? bound["Id"] ?? bound["Container"];
        object? single = Unwrap(given) is IList { Count: 1 } list ? list[0] : given;
        return Unwrap(single) switch
        {
            HcsContainer container => new ContainerTarget(container.HcsHost, container.Id, container),
            string id when HostOfCommand.Find(bound) is { } host => new ContainerTarget(host, id, null),
            _ => null,
        };
    }

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private static async Task<IEnumerable<ProcessListItem>> ListAsync(ContainerTarget target, CancellationToken stop)
    {
        using ContainerLease lease = await target.OpenAsync(stop).ConfigureAwait(false);
        return (await lease.Container.GetPropertiesAsync(s_processList, stop).ConfigureAwait(false)).ProcessList ?? [];
    }

    private static CompletionResult Offer(ProcessListItem process)
    {
        string id = Text(process);
        string shown = $"{id} {process.ImageName}".TrimEnd();
        string since = process.CreateTimestamp is { } started ? $", since {started.ToLocalTime():g}" : string.Empty;
        return new(id, shown, CompletionResultType.ParameterValue, (process.ImageName ?? id) + since);
    }

    private static string Text(ProcessListItem process) => process.ProcessId.ToString(CultureInfo.InvariantCulture);
}
