using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Abstractions;
using HcsPowerShell.Errors;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Targets;

/// <summary>Finds the containers a command was told; what cannot be found is an error, and the rest goes on.</summary>
internal sealed class ContainerTargets(HcsCmdlet cmdlet, string verb)
{
    public IEnumerable<ContainerTarget> FromObjects(IEnumerable<HcsContainer> containers)
    {
        foreach (HcsContainer container in containers)
        {
            var target = new ContainerTarget(container.HcsHost, container.Id, container);
            if (cmdlet.MayUse(container.HcsHost, $"{verb} {target}", container))
            {
                yield return target;
            }
        }
    }

    /// <param name="ids">Ids, or patterns; an id that holds a wildcard is tried as it is first.</param>
    /// <param name="process">What tells that the object piped in is a process, if it is one.</param>
    public IEnumerable<ContainerTarget> FromIds(IEnumerable<string> ids, object? process) =>
        FromLiteralIds(ids, process).SelectMany(target => Expand(target.Host, target.Id));

    /// <summary>The same for a command that looks for what matches a pattern itself.</summary>
    public IEnumerable<ContainerTarget> FromLiteralIds(IEnumerable<string> ids, object? process)
    {
        if (process is not null)
        {
            cmdlet.WriteError(HcsErrors.WrongTarget(
                $"Cannot {verb} a process: {cmdlet.MyInvocation.MyCommand.Name} acts on containers, and process "
                + $"{process} was piped to it.",
                process));
            yield break;
        }

        HcsHost? host = null;
        cmdlet.Guard($"{verb} container '{string.Join("', '", ids)}'", ids, () => host = cmdlet.ResolveHost());
        foreach (string id in host is null ? [] : ids)
        {
            yield return new ContainerTarget(host!, id, null);
        }
    }

    private IEnumerable<ContainerTarget> Expand(HcsHost host, string id)
    {
        if (IdPattern.Parse(id) is not { } pattern)
        {
            return [new ContainerTarget(host, id, null)];
        }

        List<ContainerTarget> found = [];
        cmdlet.Guard($"{verb} container '{id}'", id, () => found.AddRange(Find(host, id, pattern)));
        return found;
    }

    private List<ContainerTarget> Find(HcsHost host, string id, WildcardPattern pattern)
    {
        List<ContainerTarget> literal = List(host, new ComputeSystemQuery { Ids = [id] });
        return literal.Count > 0
            ? literal
            : [.. List(host, new ComputeSystemQuery()).Where(target => pattern.IsMatch(target.Id))];
    }

    private List<ContainerTarget> List(HcsHost host, ComputeSystemQuery query) =>
    [
        .. cmdlet.Await(host.Service.GetContainersAsync(query, cmdlet.StopToken))
            .Select(found => new ContainerTarget(host, found.Id ?? string.Empty, null)),
    ];
}
