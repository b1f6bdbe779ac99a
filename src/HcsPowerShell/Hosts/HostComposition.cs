using System.Collections.Generic;
using HcsPowerShell.Embedded;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Faults;
using HcsPowerShell.Interop.Local;

namespace HcsPowerShell.Hosts;

/// <summary>The one place that names the adapters of the port.</summary>
internal static class HostComposition
{
    /// <summary>A service for a host of this kind; it does no work until it is used.</summary>
    /// <param name="kind">Where compute systems live.</param>
    /// <param name="api">The library of Windows to use, for the local host.</param>
    /// <param name="isolation">How an embedded host keeps its systems apart.</param>
    /// <exception cref="HcsException">This machine has not what the isolation needs.</exception>
    public static IComputeService Create(HostKind kind, LocalApi api, EmbeddedIsolation isolation) => kind switch
    {
        HostKind.Embedded => new FaultyComputeService(new EmbeddedComputeService(isolation)),
        _ => new LocalComputeService(api),
    };

    /// <summary>Refuses a fault plan that no host could follow.</summary>
    /// <exception cref="Interop.Documents.HcsDocumentException">A rule cannot be applied.</exception>
    public static void CheckFaultPlan(IReadOnlyList<FaultRule> rules) => FaultyComputeService.Check(rules);
}
