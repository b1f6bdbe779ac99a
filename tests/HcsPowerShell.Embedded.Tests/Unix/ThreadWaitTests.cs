namespace HcsPowerShell.Embedded.Tests.Unix;

/// <summary>Runs the exit tests as on a kernel without pidfd.</summary>
public sealed class ThreadWaitTests() : ExitTests(usePidfd: false);
