using System;
using HcsPowerShell.Embedded.Isolation.Oci.Runtime;

namespace HcsPowerShell.Embedded.Isolation.Oci;

/// <summary>A process runc has just started in a container; until it is let go it stays to be looked at, exited or not.</summary>
/// <param name="Process">The process.</param>
/// <param name="KillsBefore">How often the kernel had killed in the container for want of memory before it was started.</param>
internal sealed record Execution(KeptProcess Process, ulong KillsBefore) : IDisposable
{
    public void Dispose() => Process.Dispose();
}
