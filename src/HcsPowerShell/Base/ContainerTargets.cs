using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Errors;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Base;

/// <summary>
/// Finds the containers that a command receives. A container that cannot be found is an error, and the command
/// continues with the others.
/// </summary>
internal sealed class ContainerTargets(HcsCommand cmdlet, string verb)
{
    public IEnumerable<ContainerTarget> FromObjects(IEnumerable<HcsContainer> containers)
    {
        foreach (HcsContainer container in containers)
        {
            // The data of a saved or received object may be old, so the target asks the service again.
            var target = new ContainerTarget(container.Host, container.Id, container.IsOnlyNamed ? null : container);
            if (MayUse(target, container))
            {
                yield return target;
            }
        }
    }

    /// <param name="ids">
    /// Ids or patterns. An id with a wildcard is first tried as an id. An id that this process knows is not a pattern.
    /// </param>
    /// <param name="process">The process id of the piped object, when the object is a process; otherwise null.</param>
    public IEnumerable<ContainerTarget> FromIds(IEnumerable<string> ids, object? process) =>
        FromLiteralIds(ids, process).SelectMany(target => NamedObject.Of(target.Id) is { IsPattern: false }
            ? [target]
            : Expand(target.Host, target.Id));

    /// <summary>The same for a command that resolves patterns itself.</summary>
    public IEnumerable<ContainerTarget> FromLiteralIds(IEnumerable<string> ids, object? process)
    {
        if (process is not null)
        {
            Refuse(process);
            yield break;
        }

        HcsHost? host = null;
        if (ids.Any(id => NamedObject.Of(id) is null))
        {
            cmdlet.Guard($"{verb} container '{string.Join("', '", ids)}'", ids, () => host = cmdlet.ResolveHost());
        }

        foreach (string id in ids)
        {
            var named = NamedObject.Of(id);
            if ((named?.Host ?? host) is not { } home || (named?.ProcessId is { } given && IsRefused(given)))
            {
                continue;
            }

            var target = new ContainerTarget(home, id, null);
            if (MayUse(target, id))
            {
                yield return target;
            }
        }
    }

    // A command that also takes processes has bound the process id to its own parameter.
    private bool IsRefused(object process)
    {
        bool isTaken = cmdlet.MyInvocation.BoundParameters.ContainsKey(nameof(ProcessTarget.ProcessId));
        if (!isTaken)
        {
            Refuse(process);
        }

        return !isTaken;
    }

    private bool MayUse(ContainerTarget target, object value)
    {
        string parameters = $"-Id {TypedLine.Quote(target.Id)}";
        return cmdlet.MayUse(target.Host, $"{verb} {target}", value, parameters, $"Get-HcsContainer {parameters}");
    }

    private void Refuse(object process) => cmdlet.WriteError(HcsErrors.WrongTarget(
        $"Cannot {verb} a process: {cmdlet.MyInvocation.MyCommand.Name} acts on containers, and process {process} was "
        + "given to it.",
        process));

    private IEnumerable<ContainerTarget> Expand(HcsHost host, string id)
    {
        List<ContainerTarget> found = [];
        cmdlet.GuardWithin($"{verb} container '{id}'", id, deadline => found.AddRange(
            IdPattern.Parse(id) is { } pattern && !KnownIds.Contains(id)
                ? Find(host, id, pattern, deadline)
                : [new ContainerTarget(host, Resolve(cmdlet, host, id, deadline), null)]));
        return found;
    }

    /// <summary>The whole id for the beginning of one.</summary>
    /// <exception cref="AmbiguousIdException">Several ids begin with the text.</exception>
    public static string Resolve(HcsCommand cmdlet, HcsHost host, string id, Deadline deadline)
    {
        string whole = cmdlet.Await(ShortId.ResolveAsync(host, id, deadline));
        if (whole != id)
        {
            cmdlet.WriteVerbose($"'{id}' is the beginning of the id '{whole}'.");
        }

        return whole;
    }

    /// <summary>All containers that run.</summary>
    public IEnumerable<ContainerTarget> AllRunning()
    {
        List<ContainerTarget> found = [];
        cmdlet.GuardWithin($"{verb} all containers", null, deadline =>
            found.AddRange(cmdlet.Await(ContainerTarget.ListRunningAsync(cmdlet.ResolveHost(), deadline))));
        return found;
    }

    private List<ContainerTarget> Find(HcsHost host, string id, WildcardPattern pattern, Deadline deadline)
    {
        List<ContainerTarget> literal = List(host, new ComputeSystemQuery { Ids = [id] }, deadline);
        if (literal.Count > 0)
        {
            return literal;
        }

        List<ContainerTarget> matching =
            [.. List(host, new ComputeSystemQuery(), deadline).Where(target => pattern.IsMatch(target.Id))];
        cmdlet.WriteVerbose(IdPattern.Meaning(id, matching.Select(target => target.Id)));
        return matching;
    }

    private List<ContainerTarget> List(HcsHost host, ComputeSystemQuery query, Deadline deadline) =>
    [
        .. cmdlet.Await(host.ListAsync(query, deadline))
            .Select(found => new ContainerTarget(host, found.Id ?? string.Empty, null)),
    ];
}
