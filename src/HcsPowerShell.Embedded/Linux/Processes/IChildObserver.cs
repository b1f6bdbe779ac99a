using HcsPowerShell.Embedded.Linux.Native;

namespace HcsPowerShell.Embedded.Linux.Processes;

/// <summary>Is told of the end of a child, before anyone who awaits it.</summary>
internal interface IChildObserver
{
    /// <summary>The child has exited; its id is still its own.</summary>
    void Exiting(ProcStat stat, ProcIo? io);

    /// <summary>The child has been reaped.</summary>
    void Reaped(ProcessKey process, in Libc.ResourceUsage usage, ProcIo? io);
}
