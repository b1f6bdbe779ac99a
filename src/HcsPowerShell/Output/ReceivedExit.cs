namespace HcsPowerShell;

/// <summary>The exit of a process, as another process knows it.</summary>
/// <param name="ExitCode">The exit code; null when it is not known.</param>
/// <param name="IsOutOfMemory">True when the process was killed because the memory of its container was used up.</param>
internal sealed record ReceivedExit(long? ExitCode, bool IsOutOfMemory);
