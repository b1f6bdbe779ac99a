using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Packaging;

/// <summary>
/// Tests that every assembly that a PowerShell looks for is there, without a second System.Text.Json on PowerShell 7.
/// </summary>
public sealed class ReferenceTests : IDisposable
{
    private readonly List<AssemblyMetadata> _module =
    [
        .. Directory.EnumerateFiles(StagedModule.Folder, "*.dll").Select(path => new AssemblyMetadata(path)),
    ];

    public void Dispose() => _module.ForEach(assembly => assembly.Dispose());

    [Theory]
    [InlineData("5.1")]
    [InlineData("7.4")]
    [InlineData("7.5")]
    [InlineData("7.6")]
    public void Every_reference_is_met(string powerShell)
    {
        using Platform platform = Platform.Of(powerShell);
        Assert.Empty(
            from assembly in _module.Concat(platform.Shipped)
            from reference in assembly.References()
            where reference.Name != "System.Management.Automation"
            let lack = platform.Lack(reference.Name, reference.Version, reference.Types, _module)
            where lack is not null
            select $"{assembly.Name} asks for {lack}");
    }

    [Fact]
    public void No_native_library_is_looked_for_in_the_folder_of_the_module()
    {
        (string Name, bool IsOfSystem)[] imports = [.. _module.SelectMany(assembly => assembly.Imports())];
        Assert.True(imports.Length > 150, $"{imports.Length}");
        Assert.DoesNotContain(imports, import => !import.IsOfSystem);
    }

    [Fact]
    public void Only_the_module_itself_lies_where_PowerShell_7_loads_assemblies_from() => Assert.Equal(
        [
            "HcsPowerShell", "HcsPowerShell.Embedded",
            "HcsPowerShell.ImportCheck." + NextPackage.First.ToString(3), "HcsPowerShell.Interop",
        ],
        _module.Select(assembly => assembly.Name).Order());

    [Fact]
    public void Windows_PowerShell_carries_what_the_module_asks_for_and_no_more()
    {
        string[] carried =
        [
            .. Directory.EnumerateFiles(Path.Combine(StagedModule.Folder, "net472")).Select(p => Path.GetFileName(p)!),
        ];
        Assert.Contains("System.Text.Json.dll", carried);
        using Platform platform = Platform.Of("5.1");
        string[] asked =
        [
            .. _module.Concat(platform.Shipped).SelectMany(a => a.References()).Select(r => r.Name + ".dll"),
        ];
        Assert.Empty(carried.Except(asked));
    }

    /// <summary>
    /// The engine reads the types of the command assembly before the module can name its assembly folder.
    /// </summary>
    [Fact]
    public void No_type_of_the_command_assembly_needs_a_carried_assembly_to_be_read()
    {
        AssemblyMetadata commands = _module.Single(assembly => assembly.Name == "HcsPowerShell");
        using Platform platform = Platform.Of("5.1");
        Assert.Empty(platform.Shipped.SelectMany(carried => commands.InheritedFrom(carried.Name)));
    }

    [Fact]
    public void A_reference_that_nothing_meets_is_found()
    {
        using Platform platform = Platform.Of("7.4");
        Assert.Equal("System.Text.Json 9.0.0.0", platform.Lack("System.Text.Json", new Version(9, 0, 0, 0), [], _module));
        Assert.StartsWith("System.Nowhere in ", platform.Lack("System.Runtime", new Version(8, 0), ["System.Nowhere"], _module));
    }
}
