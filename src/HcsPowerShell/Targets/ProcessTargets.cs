using System.Collections.Generic;
using HcsPowerShell.Abstractions;

namespace HcsPowerShell.Targets;

/// <summary>Finds the processes a command was told; one that lives elsewhere is an error, and the rest goes on.</summary>
internal sealed class ProcessTargets(HcsCmdlet cmdlet, string verb)
{
    public IEnumerable<ProcessTarget> FromObjects(IEnumerable<HcsProcess> processes)
    {
        foreach (HcsProcess process in processes)
        {
            var target = new ProcessTarget(process.HcsHost, process.ContainerId, process.ProcessId, process);
            if (cmdlet.MayUse(process.HcsHost, $"{verb} {target}", process))
            {
                yield return target;
            }
        }
    }

    public IEnumerable<ProcessTarget> FromIds(string containerId, IEnumerable<uint> processIds)
    {
        HcsHost? host = null;
        cmdlet.Guard($"{verb} a process of container '{containerId}'", containerId, () => host = cmdlet.ResolveHost());
        foreach (uint processId in host is null ? [] : processIds)
        {
            yield return new ProcessTarget(host!, containerId, processId, null);
        }
    }
}
