using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using HcsPowerShell.Tests.Engine;
using HcsPowerShell.Tests.Help;
using Xunit;

namespace HcsPowerShell.Tests.Packaging;

/// <summary>
/// Tests that the two ways to import the module of a clone are equivalent: the way in the README, and the shipped
/// module.
/// </summary>
public sealed class ImportTests : IDisposable
{
    private const string ReadmeLine = "Import-Module ./HcsPowerShell.psd1";

    private static readonly IEnumerable<string> s_shown = Directory.EnumerateFiles(StagedModule.Folder, "*.Format.ps1xml")
        .SelectMany(path => XDocument.Load(path).Descendants("TypeName"))
        .Select(name => name.Value)
        .Where(name => name.StartsWith("HcsPowerShell.", StringComparison.Ordinal))
        .Distinct();

    // An empty module path, so that help can come only from the imported module.
    private readonly TemporaryFolder _noModules = new();

    public void Dispose() => _noModules.Dispose();

    [Fact]
    public void The_README_says_this_way() => Assert.Contains(
        File.ReadLines(Path.Combine(StagedModule.RepositoryRoot, "README.md")),
        line => line.StartsWith(ReadmeLine, StringComparison.Ordinal));

    [Theory]
    [InlineData(ReadmeLine)]
    [InlineData("Import-Module ./out/HcsPowerShell")]
    [InlineData("Import-Module ./out/HcsPowerShell; Import-Module ./HcsPowerShell.psd1")]
    [InlineData("Import-Module ./HcsPowerShell.psd1; Import-Module ./HcsPowerShell.psd1 -Force; Import-Module ./HcsPowerShell.psd1 -Force")]
    public void Commands_help_views_and_types_are_there_and_go_with_it(string import)
    {
        PwshResult run = Pwsh.Run(new PwshStart("-Command", $$"""
            Set-Location '{{StagedModule.RepositoryRoot}}'
            {{import}}
            "commands $([string[]] $names = (Get-Command -Module HcsPowerShell).Name; [array]::Sort($names, [StringComparer]::Ordinal); $names)"
            "versions $(@((Get-Module HcsPowerShell).Version; (Get-Command -Module HcsPowerShell).Version) | Sort-Object -Unique)"
            "qualified $((HcsPowerShell\ConvertFrom-HcsJson '{}').GetType().Name)"
            "pages $(@(Get-Command -Module HcsPowerShell -CommandType Cmdlet | Get-Help -Full | Where-Object { $_.Description -and $_.Examples }).Count)"
            "topics $(@('', '_Hosts', '_Testing' | Where-Object { (Get-Help "about_HcsPowerShell$_") -match 'TOPIC' }).Count)"
            "views $(@((Get-FormatData HcsPowerShell.*).TypeNames -like 'HcsPowerShell.*' | Sort-Object -Unique).Count)"
            "members $((Get-TypeData HcsPowerShell.HcsContainer).Members.Keys)"
            Remove-Module HcsPowerShell
            "left $(@(Get-Module -All HcsPowerShell*).Count) $(@(Get-FormatData HcsPowerShell.*).Count) $(@(Get-TypeData HcsPowerShell.*).Count) $(@(Get-Command -Module HcsPowerShell).Count)"
            """)
        {
            ModulePath = _noModules.Path,
        });
        Assert.Equal(string.Empty, run.Error);
        Assert.Equal(
            [
                "commands " + string.Join(' ', MarkdownHelp.Commands.Append("Get-HcsStatistic").Order(StringComparer.Ordinal)),
                "versions " + NextPackage.First.ToString(3),
                "qualified ContainerConfig",
                $"pages {MarkdownHelp.Commands.Count}",
                "topics 3",
                $"views {s_shown.Count()}",
                "members Document ContainerId Type ExitTime",
                "left 0 0 0 0",
            ],
            run.Output);
    }
}
