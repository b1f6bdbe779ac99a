namespace HcsPowerShell.Embedded.Linux.Processes;

/// <summary>A process for good: its id may be given to another, but not with the same start time.</summary>
/// <param name="ProcessId">Process id.</param>
/// <param name="StartTicks">Clock ticks from boot to the start.</param>
internal readonly record struct ProcessKey(int ProcessId, ulong StartTicks);
