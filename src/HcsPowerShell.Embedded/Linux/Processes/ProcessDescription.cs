using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Processes;

/// <summary>Describes a process for the process list, from /proc.</summary>
internal static class ProcessDescription
{
    /// <param name="process">The process.</param>
    /// <param name="id">Its id as the sandbox knows it.</param>
    /// <param name="reader">Reads the other files of the process.</param>
    public static ProcessListItem Of(ProcStat process, uint id, ProcReader reader)
    {
        ProcMemory? memory = ProcMemory.Read(reader, process.Key.ProcessId);
        return new ProcessListItem
        {
            ProcessId = id,
            ImageName = ImageName.Of(process, reader),
            CreateTimestamp = ProcClock.StartTime(process.Key),
            KernelTime100ns = ProcClock.To100ns(process.KernelTicks),
            UserTime100ns = ProcClock.To100ns(process.UserTicks),
            MemoryCommitBytes = memory?.CommitBytes,
            MemoryWorkingSetPrivateBytes = memory?.PrivateBytes,
            MemoryWorkingSetSharedBytes = memory?.SharedBytes,
        };
    }
}
