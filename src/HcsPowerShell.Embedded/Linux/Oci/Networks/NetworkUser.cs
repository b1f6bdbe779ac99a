using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>A container with endpoints.</summary>
/// <param name="Container">Its id.</param>
/// <param name="ProcessId">Host process id of its first process.</param>
/// <param name="Place">Its network namespace, as the kernel names it.</param>
internal sealed record NetworkUser(string Container, int ProcessId, string Place)
{
    public static NetworkUser Of(string container, int processId) =>
        new(container, processId, MachineNetwork.NamespaceOf(processId));

    /// <summary>Whether it is this container; another process may have got the number meanwhile.</summary>
    public bool Is(string container, int processId) =>
        ProcessId == processId && ContainerId.Comparer.Equals(Container, container);
}
