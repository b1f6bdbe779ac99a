namespace HcsPowerShell.Embedded.Linux.Processes;

/// <summary>Identifies a process for ever: another process may get its id, but not with the same start time.</summary>
/// <param name="ProcessId">Process id.</param>
/// <param name="StartTicks">Clock ticks from boot to the start.</param>
internal readonly record struct ProcessKey(int ProcessId, ulong StartTicks);
