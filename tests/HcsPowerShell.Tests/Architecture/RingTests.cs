using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using HcsPowerShell.Tests.Engine;
using HcsPowerShell.Tests.Packaging;
using Xunit;

namespace HcsPowerShell.Tests.Architecture;

/// <summary>The rings of docs/design.md, against what the types of the module use.</summary>
public sealed class RingTests
{
    private static readonly string[] s_page =
    [
        "| Ring | Namespaces | Uses |",
        "|---|---|---|",
        "| port | `Interop` | |",
        "| native | `Interop.Native.*` | port |",
        "| hosts | `Hosts`, `HcsHost` | port |",
        "| objects | `HcsPowerShell` | hosts |",
    ];

    private static readonly TypeUse[] s_uses =
    [
        new("HcsPowerShell.Interop.Native", "NativeCall", "HcsPowerShell.Interop", "HcsException"),
        new("HcsPowerShell.Interop.Native.Windows", "FinalPath", "HcsPowerShell.Interop.Native", "NativeCall"),
        new("HcsPowerShell.Hosts", "HandleTable", "HcsPowerShell.Interop", "IContainer"),
        new("HcsPowerShell.Hosts", "HcsHosts", "HcsPowerShell", "HcsHost"),
        new("HcsPowerShell", "HcsHost", "HcsPowerShell.Hosts", "HandleTable"),
        new("HcsPowerShell", "HcsContainer", "HcsPowerShell", "HcsHost"),
        new("HcsPowerShell", "HcsContainer", "System", "Array"),
    ];

    public static TheoryData<string> Assemblies => [.. AssemblyPaths().Select(path => Path.GetFileName(path)!)];

    [Fact]
    public void The_module_keeps_to_the_rings_of_the_page()
    {
        var rings = new Rings(File.ReadLines(Path.Combine(StagedModule.RepositoryRoot, "docs", "design.md")));
        IReadOnlyList<string> faults = rings.Faults(
        [
            .. TypeReferences.Of(AssemblyPaths()),
            .. TypeReferences.InSources(Path.Combine(StagedModule.RepositoryRoot, "src")),
        ]);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Native_functions_are_imported_in_namespaces_for_them_alone(string assembly) => Assert.All(
        TypeReferences.Imports(Path.Combine(StagedModule.Folder, assembly)),
        space => Assert.EndsWith(".Native", space, StringComparison.Ordinal));

    [Fact]
    public void What_keeps_to_the_rings_is_no_fault() => Assert.Empty(new Rings(s_page).Faults(s_uses));

    [Theory]
    [InlineData("HcsPowerShell.Interop", "HcsPowerShell.Interop.Native", "The ring 'port' may not use 'native'")]
    [InlineData("HcsPowerShell.Interop.Native", "HcsPowerShell.Hosts", "The ring 'native' may not use 'hosts'")]
    [InlineData("HcsPowerShell.Other", "HcsPowerShell.Interop", "'HcsPowerShell.Other' is in no ring.")]
    public void A_wrong_arrow_is_a_fault(string from, string to, string fault) => Assert.Contains(
        new Rings(s_page).Faults([.. s_uses, new TypeUse(from, "A", to, "B")]),
        found => found.StartsWith(fault, StringComparison.Ordinal));

    [Fact]
    public void A_cycle_inside_one_ring_is_a_fault()
    {
        const string Outer = "HcsPowerShell.Interop.Native";
        const string Inner = Outer + ".Windows";
        Assert.Contains(
            new Rings(s_page).Faults([.. s_uses, new TypeUse(Outer, "NativeCall", Inner, "FinalPath")]),
            found => found.Contains($"{Outer} uses {Inner}", StringComparison.Ordinal));
    }

    [Fact]
    public void A_page_that_lists_what_is_not_used_or_not_above_is_a_fault()
    {
        var rings = new Rings(
            [.. s_page[..2], "| port | `Interop` | native |", "| native | `Interop.Native` | port |"]);
        IReadOnlyList<string> faults = rings.Faults([s_uses[0]]);
        Assert.Contains("The ring 'port' uses 'native', which is no ring above it.", faults);
        Assert.Contains("The ring 'port' does not use 'native', as the page says.", faults);
    }

    private static string[] AssemblyPaths() =>
    [
        .. new[] { "HcsPowerShell.Interop", "HcsPowerShell.Embedded", "HcsPowerShell" }
            .Select(name => Path.Combine(StagedModule.Folder, name + ".dll")),
    ];
}
