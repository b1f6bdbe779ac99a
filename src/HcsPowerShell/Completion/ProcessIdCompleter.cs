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
/// Completes process ids, by the beginning of the id or of the program's name.
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
        var word = new TypedWord(wordToComplete);
        return
        [
            .. Processes(commandAst, fakeBoundParameters)
                .Where(found => word.Begins(Text(found.Process)) || word.Begins(found.Process.ImageName))
                .OrderBy(found => found.Process.ProcessId)
                .Select(found => Offer(found.Process, found.ContainerId)),
        ];
    }

    /// <summary>
    /// The processes of the container that the command line names; where it names none, those of all that run, each with
    /// the id of its container.
    /// </summary>
    private static IReadOnlyList<(ProcessListItem Process, string? ContainerId)> Processes(CommandAst line, IDictionary bound)
    {
        string[] targets = ["ContainerId", "Id", "Container", "Process"];
        return FindContainer(targets.Select(name => bound[name]).FirstOrDefault(value => value is not null), bound) is { } container
            ? ListForCompletion.Ask(async stop => container.Host.Session is null
                ? (await ListAsync(container, stop).ConfigureAwait(false)).Select(process => (process, (string?)null))
                : await ListElsewhereAsync(container.Host, container.Id, stop).ConfigureAwait(false))
            : targets.Any(bound.Contains) || IsPipedTo(line) || HostOfCommand.Find(bound) is not { } host ? []
            : ListForCompletion.Ask(stop => host.Session is null
                ? ListAllAsync(host, stop)
                : ListElsewhereAsync(host, id: null, stop));
    }

    // The objects of the pipeline name the containers.
    private static bool IsPipedTo(CommandAst line) =>
        line.Parent is PipelineAst pipeline && pipeline.PipelineElements[0] != line;

    private static ContainerTarget? FindContainer(object? given, IDictionary bound)
    {
        object? single = given.Unwrap() is IList { Count: 1 } list ? list[0] : given;
        return single.Unwrap() switch
        {
            HcsContainer container => new ContainerTarget(container.Host, container.Id, container),
            string id when HostOfCommand.Find(bound) is { } host => new ContainerTarget(host, id, null),
            _ => null,
        };
    }

    // The containers are asked at the same time, because the waits would add up.
    private static async Task<IEnumerable<(ProcessListItem Process, string? ContainerId)>> ListAllAsync(
        HcsHost host, CancellationToken stop)
    {
        IEnumerable<ContainerTarget> running = await ContainerTarget.ListRunningAsync(host, stop).ConfigureAwait(false);
        return (await Task.WhenAll(running.Select(async container =>
                (await ListAsync(container, stop).ConfigureAwait(false))
                    .Select(process => (process, (string?)container.Id)))).ConfigureAwait(false))
            .SelectMany(processes => processes);
    }

    private static async Task<IEnumerable<ProcessListItem>> ListAsync(ContainerTarget target, CancellationToken stop)
    {
        using ContainerLease lease = await target.OpenAsync(stop).ConfigureAwait(false);
        return (await lease.Container.GetPropertiesAsync(s_processList, stop).ConfigureAwait(false)).ProcessList ?? [];
    }

    private static async Task<IEnumerable<(ProcessListItem Process, string? ContainerId)>> ListElsewhereAsync(
        HcsHost host, string? id, CancellationToken stop) =>
        (await ListedElsewhere.AskAsync(host, "Get-HcsProcess", stop, id).ConfigureAwait(false))
            .Select(received => ReceivedObject.From(host, received))
            .OfType<HcsProcess>()
            .Select(process => (
                new ProcessListItem
                {
                    ProcessId = process.ProcessId, ImageName = process.ImageName, CreateTimestamp = process.StartTime,
                },
                id is null ? process.ContainerId : null));

    private static CompletionResult Offer(ProcessListItem process, string? containerId)
    {
        string id = Text(process);
        string shown = $"{id} {process.ImageName}".TrimEnd() + (containerId is null ? string.Empty : $" ({containerId})");
        string since = process.CreateTimestamp is { } started ? $", since {started.ToLocalTime():g}" : string.Empty;
        return new(id, shown, CompletionResultType.ParameterValue, (process.ImageName ?? id) + since);
    }

    private static string Text(ProcessListItem process) => process.ProcessId.ToString(CultureInfo.InvariantCulture);
}

/// <summary>
/// Completes a process id before the user has typed anything of it; from then on the engine asks the parameter itself,
/// and would show two results.
/// </summary>
public sealed class UntypedProcessIdCompleter : IArgumentCompleter
{
    private readonly ProcessIdCompleter _ids = new();

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        string.IsNullOrEmpty(wordToComplete)
            ? _ids.CompleteArgument(commandName, parameterName, wordToComplete, commandAst, fakeBoundParameters)
            : null!;
}
