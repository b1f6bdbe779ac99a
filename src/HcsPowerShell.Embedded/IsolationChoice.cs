using System.Runtime.InteropServices;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Oci;
using HcsPowerShell.Embedded.Linux.ProcessIsolation;
using HcsPowerShell.Embedded.Windows;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Embedded;

/// <summary>Chooses the isolation an embedded host uses on this machine.</summary>
/// <param name="Isolation">The isolation.</param>
/// <param name="Lack">
/// The reason a better isolation was not chosen, as the end of a sentence; null when there is none.
/// </param>
internal sealed record IsolationChoice(IIsolation Isolation, string? Lack)
{
    private const string Function = "HcsGetServiceProperties";

    /// <exception cref="HcsException">
    /// Oci was requested and this machine lacks something it needs, which the result document names; or this operating
    /// system has no isolation at all: the processes of a container could be left behind.
    /// </exception>
    public static IsolationChoice Make(EmbeddedIsolation kind) =>
        Make(kind, kind == EmbeddedIsolation.Process ? null : OciRequirements.Lack());

    /// <param name="kind">The requested isolation.</param>
    /// <param name="lack">The part of the Oci requirements this machine lacks; null when it lacks none.</param>
    internal static IsolationChoice Make(EmbeddedIsolation kind, string? lack) => kind switch
    {
        EmbeddedIsolation.Oci when lack is not null => throw Refusal.NotSupported(
            null, Function, $"Isolation Oci is not possible here: {lack}."),
        not EmbeddedIsolation.Process when lack is null => new(new OciIsolation(RuncProgram.Find()!), null),
        _ => new(OfProcesses(), RuntimeInformation.IsOSPlatform(OSPlatform.Linux) ? lack : null),
    };

    private static IIsolation OfProcesses() =>
        RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? new WindowsProcessIsolation()
        : RuntimeInformation.IsOSPlatform(OSPlatform.Linux) ? new LinuxProcessIsolation()
        : throw new HcsException(Function, HResult.NotSupported);
}
