using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Packaging;

/// <summary>Tests that the package installs, and that the Gallery shows the data of the manifest.</summary>
[Collection(nameof(GalleryPackage))]
public sealed class PackageTests(GalleryPackage package)
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
    public void The_manifest_lists_its_files() => Assert.Equal(
        Files(package.Module),
        ((object[])PackagedManifest["FileList"]!).Select(f => ((string)f).Replace('/', Path.DirectorySeparatorChar))
            .Order(StringComparer.Ordinal));

    [Fact]
    public void Its_bill_of_materials_names_every_package_it_carries_with_its_hash()
    {
        using JsonDocument locked = Json(Path.Combine(
            StagedModule.RepositoryRoot, "src", "HcsPowerShell.NetFramework", "packages.lock.json"));
        using JsonDocument bill = Json(Path.Combine(package.Module, "HcsPowerShell.cdx.json"));
        JsonElement[] components = [.. bill.RootElement.GetProperty("components").EnumerateArray()];
        Assert.Equal(
            locked.RootElement.GetProperty("dependencies").EnumerateObject().Single().Value.EnumerateObject()
                .Select(p => $"pkg:nuget/{p.Name}@{p.Value.GetProperty("resolved").GetString()}").Order(StringComparer.Ordinal),
            components.Select(c => c.GetProperty("purl").GetString()).Order(StringComparer.Ordinal));
        Assert.All(components, c => Assert.Equal(
            "SHA-512", c.GetProperty("hashes").EnumerateArray().Single().GetProperty("alg").GetString()));
        Assert.Equal(
            (string)Manifest["ModuleVersion"]!,
            bill.RootElement.GetProperty("metadata").GetProperty("component").GetProperty("version").GetString());

        static JsonDocument Json(string path) => JsonDocument.Parse(File.ReadAllText(path));
    }

    [Fact]
    public void It_brings_a_readme_and_the_examples()
    {
        Assert.Equal("README.md", Shown("readme"));
        string readme = File.ReadAllText(Path.Combine(package.Module, "README.md"));
        Assert.Contains("Install-PSResource HcsPowerShell", readme, StringComparison.Ordinal);
        string sources = Path.Combine(StagedModule.RepositoryRoot, "docs", "examples");
        Assert.Equal(
            Files(sources).Where(f => !f.EndsWith(".Tests.ps1", StringComparison.Ordinal)),
            Files(Path.Combine(package.Module, "examples")));
    }

    [Fact]
    public void Its_example_runs_where_it_is_installed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The processes of this test are those of Linux.");
        PwshResult run = Pwsh.Run(
            new PwshStart("-Command", $"& '{Path.Combine(package.Module, "examples", "quickstart.ps1")}'") { ModulePath = package.ModulePath });
        Assert.True(run.ExitCode == 0, run.All);
        Assert.Equal(string.Empty, run.Error);
    }

    [Fact]
    public void A_catalog_is_refused_in_one_sentence_where_PowerShell_cannot_make_one()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "PowerShell can make one here.");
        PwshResult run = Pwsh.Run(new PwshStart(
            "-Command", $"try {{ & '{Path.Combine(StagedModule.RepositoryRoot, "build.ps1")}' -Task Catalog }} catch {{ \"$_\" }}"));
        Assert.Equal(string.Empty, run.Error);
        Assert.Equal(
            ["A catalog needs New-FileCatalog and Set-AuthenticodeSignature, which PowerShell has on Windows only."], run.Output);
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

    private static Hashtable Manifest => Read(StagedModule.Manifest);

    private Hashtable PackagedManifest => Read(Path.Combine(package.Module, "HcsPowerShell.psd1"));

    private static Hashtable Read(string manifest)
    {
        using var session = Session.WithoutHost();
        return (Hashtable)session.Single("Import-PowerShellDataFile $manifest", ("manifest", manifest));
    }

    private string Shown(string element) =>
        package.Nuspec.Descendants().Single(e => e.Name.LocalName == element).Value;

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path)).Order(StringComparer.Ordinal);
}
