namespace HcsPowerShell.Embedded.Tests.Unix;

/// <summary>The same on a kernel without pidfd.</summary>
public sealed class ThreadWaitTests() : ExitTests(usePidfd: false);
