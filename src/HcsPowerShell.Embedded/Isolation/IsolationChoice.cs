using System.Runtime.InteropServices;
using HcsPowerShell.Embedded.Isolation.Unix;
using HcsPowerShell.Embedded.Isolation.Windows;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Embedded.Isolation;

/// <summary>Chooses the isolation an embedded host uses on this machine.</summary>
internal static class IsolationChoice
{
    /// <exception cref="HcsException">This system has none: the processes of a container could be left behind.</exception>
    public static IIsolation Best() =>
        RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? new WindowsProcessIsolation()
        : RuntimeInformation.IsOSPlatform(OSPlatform.Linux) ? new UnixProcessIsolation()
        : throw new HcsException("HcsGetServiceProperties", HResult.NotSupported);
}
