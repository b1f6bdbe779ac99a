using System.Collections.Generic;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Base;

/// <summary>
/// Finds the processes that a command receives. A process that lives elsewhere is an error, and the command continues
/// with the others.
/// </summary>
internal sealed class ProcessTargets(HcsCommand cmdlet, string verb)
{
    public IEnumerable<ProcessTarget> FromObjects(IEnumerable<HcsProcess> processes)
    {
        foreach (HcsProcess process in processes)
        {
            var target = new ProcessTarget(process.Host, process.ContainerId, process.ProcessId, process);
            if (MayUse(target, process))
            {
                yield return target;
            }
        }
    }

    public IEnumerable<ProcessTarget> FromIds(string containerId, IEnumerable<uint> processIds)
    {
        HcsHost? host = NamedObject.Of(containerId)?.Host;
        if (host is null)
        {
            cmdlet.Guard($"{verb} a process of container '{containerId}'", containerId, () => host = cmdlet.ResolveHost());
        }

        string? id = null;
        if (host is not null)
        {
            cmdlet.GuardWithin($"{verb} a process of container '{containerId}'", containerId, deadline =>
                id = NamedObject.Of(containerId) is null
                    ? ContainerTargets.Resolve(cmdlet, host, containerId, deadline)
                    : containerId);
        }

        foreach (uint processId in id is null ? [] : processIds)
        {
            var target = new ProcessTarget(host!, id!, processId, null);
            if (MayUse(target, processId))
            {
                yield return target;
            }
        }
    }

    private bool MayUse(ProcessTarget target, object value)
    {
        string parameters = $"-ContainerId {TypedLine.Quote(target.ContainerId)} -ProcessId {target.ProcessId}";
        return cmdlet.MayUse(target.Host, $"{verb} {target}", value, parameters, $"Get-HcsProcess {parameters}");
    }
}
