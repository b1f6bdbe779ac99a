using System;
using System.Runtime.InteropServices;
using HcsPowerShell.Embedded.Isolation.Unix;

namespace HcsPowerShell.Embedded.Isolation;

/// <summary>Chooses the isolation an embedded host uses on this machine.</summary>
internal static class IsolationChoice
{
    public static IIsolation Best() =>
        RuntimeInformation.IsOSPlatform(OSPlatform.Linux) ? new UnixProcessIsolation()
        : throw new PlatformNotSupportedException("The embedded host runs on Linux.");
}
