using System;
using System.Collections.Generic;
using System.Linq;

namespace HcsPowerShell.Interop.Documents.Rules;

/// <summary>
/// The rules that a schema 2 document must satisfy before it is sent. The content of members that are kept as raw JSON,
/// above all of a virtual machine, is not checked.
/// </summary>
public static class ComputeSystemRules
{
    /// <summary>Returns every problem of the document.</summary>
    public static IEnumerable<DocumentProblem> Check(ComputeSystem system) => Check(system, newest: null);

    /// <param name="system">The document.</param>
    /// <param name="newest">The newest schema that the service accepts; null when that does not matter.</param>
    internal static IEnumerable<DocumentProblem> Check(ComputeSystem system, Version? newest)
    {
        IEnumerable<DocumentProblem?> problems =
        [
            OneKind(system),
            Newer(system.SchemaVersion?.ToVersion(), newest),
            .. ContainerRules.Check(system.HostedSystem?.Container, "HostedSystem.Container"),
            .. ContainerRules.Check(system.Container, "Container"),
            .. TextRules.Check(system),
            .. PublishedRules.Check(system, newest),
        ];
        return problems.Where(p => p is not null)!;
    }

    private static DocumentProblem? Newer(Version? named, Version? newest) => newest is { Major: > 1 } && named is not null && named > newest
        ? new DocumentProblem("SchemaVersion", $"Schema {named} is newer than {WindowsRelease.Describe(newest)}.")
        : null;

    private static DocumentProblem? OneKind(ComputeSystem system) =>
        new object?[] { system.Container, system.HostedSystem, system.VirtualMachine }.Count(kind => kind is not null) == 1
            ? null
            : new DocumentProblem("$", "Exactly one of Container, HostedSystem and VirtualMachine is required.");
}
