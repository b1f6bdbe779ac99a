using System;
using System.Collections.Generic;
using System.Linq;

namespace HcsPowerShell.Interop.Documents.Rules;

/// <summary>
/// What a schema 2 document must satisfy before it is sent. What is inside members kept as raw JSON, a virtual machine
/// above all, is not looked at.
/// </summary>
public static class ComputeSystemRules
{
    /// <summary>Every problem of the document.</summary>
    public static IEnumerable<DocumentProblem> Check(ComputeSystem system)
    {
        IEnumerable<DocumentProblem?> problems =
        [
            OneKind(system),
            .. ContainerRules.Check(
                system.HostedSystem?.Container, "HostedSystem.Container", VersionOf(system.HostedSystem?.SchemaVersion)),
            .. ContainerRules.Check(system.Container, "Container", VersionOf(system.SchemaVersion)),
        ];
        return problems.Where(p => p is not null)!;
    }

    private static Version VersionOf(SchemaVersion? version) =>
        new((int)Math.Min(version?.Major ?? 0, int.MaxValue), (int)Math.Min(version?.Minor ?? 0, int.MaxValue));

    private static DocumentProblem? OneKind(ComputeSystem system) =>
        new object?[] { system.Container, system.HostedSystem, system.VirtualMachine }.Count(kind => kind is not null) == 1
            ? null
            : new DocumentProblem("$", "Exactly one of Container, HostedSystem and VirtualMachine is required.");
}
