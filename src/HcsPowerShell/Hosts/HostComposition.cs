using System;
using System.Collections.Generic;
using HcsPowerShell.Embedded;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Faults;
using HcsPowerShell.Interop.Local;

namespace HcsPowerShell.Hosts;

/// <summary>The only place that names the implementations of <see cref="IComputeService"/>.</summary>
internal static class HostComposition
{
    /// <summary>Creates the service for a host of this kind; the service does no work until it is used.</summary>
    /// <param name="kind">The kind of the host.</param>
    /// <param name="api">The library of Windows to use, for the local host.</param>
    /// <param name="isolation">The isolation of an embedded host.</param>
    /// <exception cref="HcsException">This machine lacks a feature that the isolation needs.</exception>
    public static IComputeService Create(HostKind kind, LocalApi api, EmbeddedIsolation isolation) => kind switch
    {
        HostKind.Embedded => new FaultyComputeService(new EmbeddedComputeService(isolation)),
        HostKind.Local => new LocalComputeService(api),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Refuses a fault plan that a host cannot apply.</summary>
    /// <exception cref="Interop.Documents.HcsDocumentException">A rule cannot be applied.</exception>
    public static void CheckFaultPlan(IReadOnlyList<FaultRule> rules) => FaultyComputeService.Check(rules);
}
