using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Packaging;

/// <summary>The package installs, and what the Gallery shows of it is what the manifest says.</summary>
public sealed class PackageTests(GalleryPackage package) : IClassFixture<GalleryPackage>
{
    [Fact]
    public void The_installed_module_imports_by_name_and_does_its_work()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The processes of this test are those of Linux.");
        const string Script = """
            (Import-Module HcsPowerShell -PassThru).Version.ToString()
            Connect-HcsHost -Embedded -Isolation Process
            $web = New-HcsContainer web -Start
            'pear', 'apple' | Invoke-HcsProcess $web sort
            $job = Wait-HcsContainer $web -AsJob
            Stop-HcsContainer $web -Force
            ($job | Wait-Job | Receive-Job).ExitType
            """;
        (IReadOnlyList<string> output, string error) =
            Pwsh.Run(new PwshStart("-Command", Script) { ModulePath = package.ModulePath });
        Assert.Equal(string.Empty, error);
        Assert.Equal([(string)Manifest["ModuleVersion"]!, "apple", "pear", "ForcedExit"], output);
    }

    [Fact]
    public void It_holds_the_staged_module_without_debug_symbols()
    {
        Assert.Equal(
            Files(StagedModule.Folder).Where(f => Path.GetExtension(f) != ".pdb"),
            Files(package.Module));
        Assert.Contains("HcsPowerShell.psd1", Files(package.Module));
    }

    [Fact]
    public void The_engine_finds_nothing_wrong_with_the_manifest()
    {
        using var session = Session.WithoutHost();
        var module = (PSModuleInfo)session.Single(
            "Test-ModuleManifest $path", ("path", Path.Combine(package.Module, "HcsPowerShell.psd1")));
        Assert.Equal(["Desktop", "Core"], module.CompatiblePSEditions);
        Assert.Equal(new Version(5, 1), module.PowerShellVersion);
        Assert.Equal(new Version(4, 7, 2), module.DotNetFrameworkVersion);
        Assert.Empty(module.ExportedFunctions);
        Assert.Empty(module.ExportedVariables);
        Assert.NotNull(module.LicenseUri);
        Assert.NotNull(module.ProjectUri);
        Assert.NotNull(module.IconUri);
        Assert.NotEmpty(module.ReleaseNotes);
        Assert.Superset(
            new HashSet<string> { "PSEdition_Desktop", "PSEdition_Core", "Windows", "Linux" }, module.Tags.ToHashSet());
        Assert.DoesNotContain(module.Tags, tag => tag.Contains(' ', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("version", "ModuleVersion")]
    [InlineData("authors", "Author")]
    [InlineData("description", "Description")]
    [InlineData("copyright", "Copyright")]
    [InlineData("licenseUrl", "LicenseUri")]
    [InlineData("projectUrl", "ProjectUri")]
    [InlineData("iconUrl", "IconUri")]
    [InlineData("releaseNotes", "ReleaseNotes")]
    public void The_Gallery_shows_what_the_manifest_says(string element, string key) =>
        Assert.Equal((string)(Manifest[key] ?? GalleryData[key])!, Shown(element));

    [Fact]
    public void The_Gallery_finds_it_by_every_tag_and_command()
    {
        string[] commands = [.. ((object[])Manifest["CmdletsToExport"]!).Select(c => $"PSCommand_{c}")];
        string[] tags = [.. ((object[])GalleryData["Tags"]!).Cast<string>()];
        Assert.Superset(commands.Concat(tags).Append("PSModule").ToHashSet(), Shown("tags").Split(' ').ToHashSet());
    }

    private static Hashtable GalleryData => (Hashtable)((Hashtable)Manifest["PrivateData"]!)["PSData"]!;

    private static Hashtable Manifest
    {
        get
        {
            using var session = Session.WithoutHost();
            return (Hashtable)session.Single(
                "& ([scriptblock]::Create([IO.File]::ReadAllText($manifest)))", ("manifest", StagedModule.Manifest));
        }
    }

    private string Shown(string element) =>
        package.Nuspec.Descendants().Single(e => e.Name.LocalName == element).Value;

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path)).Order(StringComparer.Ordinal);
}
