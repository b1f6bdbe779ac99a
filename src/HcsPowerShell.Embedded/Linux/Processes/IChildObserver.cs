using HcsPowerShell.Embedded.Linux.Native;

namespace HcsPowerShell.Embedded.Linux.Processes;

/// <summary>Receives the end of a child before any caller that awaits it.</summary>
internal interface IChildObserver
{
    /// <summary>Called when the child has exited; no other process can have its id yet.</summary>
    void Exiting(ProcStat stat, ProcIo? io);

    /// <summary>Called when the child has been reaped.</summary>
    void Reaped(ProcessKey process, in Libc.ResourceUsage usage, ProcIo? io);
}
