using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Embedded.Linux.Oci.ControlGroups;
using HcsPowerShell.Embedded.Linux.Processes;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci;

/// <summary>
/// The processes in the control group of a container, except the first one; for one thread at a time.
/// </summary>
internal sealed class ContainerMembers(ControlGroup group, ProcReader reader, int firstProcessId)
{
    public bool Any() => Alive().Any();

    /// <summary>Opens a process by its id inside the container; null when there is none.</summary>
    public ForeignProcess? Open(uint processId) => Alive()
        .Where(process => InnerProcessId.Of(reader, process.Key.ProcessId) == processId)
        .Select(process => new ForeignProcess(process.Key, processId))
        .FirstOrDefault();

    public IReadOnlyList<ProcessListItem> Describe()
    {
        List<ProcessListItem> processes = [];
        foreach (ProcStat process in Alive())
        {
            if (InnerProcessId.Of(reader, process.Key.ProcessId) is { } id)
            {
                processes.Add(ProcessDescription.Of(process, id, reader));
            }
        }

        return processes;
    }

    /// <summary>Asks each process to end.</summary>
    public void Terminate()
    {
        foreach (ProcStat process in Alive())
        {
            Signal.Send(process.Key.ProcessId, Libc.SIGTERM);
        }
    }

    private IEnumerable<ProcStat> Alive() => group.ProcessIds(reader)
        .Where(processId => processId != firstProcessId)
        .Select(processId => ProcStat.Read(reader, processId))
        .OfType<ProcStat>()
        .Where(process => process.IsAlive);
}
