using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using HcsPowerShell.Tests.Engine;
using HcsPowerShell.Tests.Help;
using Xunit;

namespace HcsPowerShell.Tests.Packaging;

/// <summary>
/// Tests two versions of the module: one after the other on a machine, and never both in one process.
/// </summary>
[Collection(nameof(GalleryPackage))]
public sealed class UpdateTests(GalleryPackage package, NextPackage next) : IClassFixture<NextPackage>, IDisposable
{
    private static readonly string s_first = NextPackage.First.ToString(3);
    private static readonly string s_next = NextPackage.Next.ToString(3);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void PSResourceGet_installs_updates_and_removes_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere the folder of the user's modules cannot be chosen.");
        string feed = Directory.CreateDirectory(Path.Combine(_folder.Path, "feed")).FullName;
        string home = Directory.CreateDirectory(Path.Combine(_folder.Path, "home")).FullName;
        string installed = Path.Combine(home, ".local", "share", "powershell", "Modules");
        string script = $$"""
            $ErrorActionPreference = 'Stop'
            function Get-Version { @(Get-Module HcsPowerShell -ListAvailable).Version -join ' ' }
            Copy-Item '{{package.File}}' '{{feed}}'
            Register-PSResourceRepository Packages '{{feed}}' -Trusted
            Install-PSResource HcsPowerShell -Repository Packages
            Get-Version
            @(Get-Command -Module HcsPowerShell -CommandType Cmdlet).Count
            (Get-Command Get-HcsContainer).Version.ToString()
            (Get-Module HcsPowerShell -ListAvailable).ModuleBase
            (Get-Help Get-HcsContainer).Synopsis
            Connect-HcsHost -Embedded -Isolation Process
            (New-HcsContainer web).State
            Copy-Item '{{next.File}}' '{{feed}}'
            Update-PSResource HcsPowerShell
            Get-Version
            (Get-HcsContainer web).State
            try { Import-Module HcsPowerShell } catch { $_.FullyQualifiedErrorId }
            & (Get-Process -Id $PID).Path '{{StagedModule.PowerShell}}' -NoProfile -Command '(Import-Module HcsPowerShell -PassThru).Version.ToString()'
            Uninstall-PSResource HcsPowerShell
            @(Get-Module HcsPowerShell -ListAvailable).Count
            Get-ChildItem '{{installed}}'
            """;
        PwshResult run = Pwsh.Run(new PwshStart("-Command", script)
        {
            Environment =
            [
                ("HOME", home), ("XDG_DATA_HOME", string.Empty), ("XDG_CONFIG_HOME", string.Empty),
                ("XDG_CACHE_HOME", string.Empty), ("PSModulePath", string.Empty),
            ],
        });
        Assert.Equal(string.Empty, run.Error);
        Assert.Equal(
            [
                s_first, $"{MarkdownHelp.Commands.Count}", s_first, Path.Combine(installed, "HcsPowerShell", s_first),
                MarkdownHelp.Read("Get-HcsContainer").Synopsis, "Created", $"{s_next} {s_first}", "Created",
                "HcsOtherCopyLoaded,Microsoft.PowerShell.Commands.ImportModuleCommand", s_next, "0",
            ],
            run.Output);
    }

    [Fact]
    public void Packing_leaves_the_staged_module_alone() => Assert.Equal(next.StagedBefore, NextPackage.Staged());

    [Fact]
    public void Importing_another_version_is_one_error_of_one_sentence() =>
        RequireRefusal(next.Module, s_next, $"{s_first} from '{StagedModule.Folder}'");

    [Fact]
    public void Importing_the_same_version_from_another_folder_is_that_error_too() =>
        RequireRefusal(package.Module, s_first, $"{s_first} from '{StagedModule.Folder}'");

    /// <summary>
    /// .NET loads one assembly of a name into a process, so another check of this version could not write its message.
    /// </summary>
    [Fact]
    public void Every_build_of_a_version_has_the_same_check()
    {
        string name = $"HcsPowerShell.ImportCheck.{s_first}.dll";
        string staged = Path.Combine(StagedModule.Folder, name);
        Assert.Equal(File.ReadAllBytes(Path.Combine(package.Module, name)), File.ReadAllBytes(staged));
        Assert.Equal(s_first, FileVersionInfo.GetVersionInfo(staged).ProductVersion);
    }

    [Fact]
    public void Importing_files_that_were_built_again_meanwhile_is_that_error_too()
    {
        string copy = Copy(package.Module);
        string file = Path.Combine(copy, "HcsPowerShell.dll");
        string newer = Path.Combine(next.Module, "HcsPowerShell.dll");
        PwshResult run = Pwsh.Run($$"""
            Import-Module '{{Manifest(copy)}}'
            Import-Module '{{Manifest(copy)}}' -Force
            Remove-Item '{{file}}'; Copy-Item '{{newer}}' '{{file}}'
            try { Import-Module '{{Manifest(copy)}}' -Force } catch { "$_" }
            Remove-Item '{{file}}'; Copy-Item '{{Path.Combine(package.Module, "HcsPowerShell.dll")}}' '{{file}}'
            Import-Module '{{Manifest(copy)}}'
            (Get-Command Get-HcsHost).Version.ToString()
            """);
        Assert.Equal(string.Empty, run.Error);
        Assert.Equal(
            [
                $"Restart PowerShell to import HcsPowerShell {s_first} from '{copy}': "
                    + $"this process has already loaded an earlier build of it, {s_first}.",
                s_first,
            ],
            run.Output);
    }

    [Fact]
    public void Removing_the_first_makes_no_difference() => RequireRefusal(
        next.Module, s_next, $"{s_first} from '{StagedModule.Folder}'", meanwhile: "Remove-Module HcsPowerShell", stays: false);

    [Fact]
    public void Another_runspace_of_the_process_is_refused_too()
    {
        PwshResult run = Pwsh.Run($$"""
            Import-Module '{{StagedModule.Manifest}}'
            1 | ForEach-Object -Parallel {
                try { Import-Module '{{Manifest(next.Module)}}' } catch { $_.FullyQualifiedErrorId }
                Import-Module '{{StagedModule.Manifest}}'
                "$((Get-TypeData HcsPowerShell.HcsContainer).Members.Keys)"
            }
            """);
        Assert.Equal(string.Empty, run.Error);
        Assert.Equal(["HcsOtherCopyLoaded,Microsoft.PowerShell.Commands.ImportModuleCommand", "Document ContainerId Type ExitTime"], run.Output);
    }

    [Fact]
    public void Every_assembly_bears_the_version_of_its_manifest()
    {
        foreach ((string folder, Version version) in
            new[] { (StagedModule.Folder, NextPackage.First), (next.Module, NextPackage.Next) })
        {
            string[] assemblies = [.. Directory.EnumerateFiles(folder, "HcsPowerShell*.dll")];
            Assert.Equal(4, assemblies.Length);
            Assert.All(assemblies, path =>
            {
                using var metadata = new AssemblyMetadata(path);
                FileVersionInfo file = FileVersionInfo.GetVersionInfo(path);
                Assert.Equal(new Version(version.ToString(3) + ".0"), metadata.Version);
                Assert.Equal(version.ToString(3) + ".0", file.FileVersion);
                Assert.Equal(version.ToString(3), file.ProductVersion!.Split('+')[0]);
            });
            using var session = Session.WithoutHost();
            Assert.Equal(version.ToString(3), session.Single("(Import-PowerShellDataFile $m).ModuleVersion", ("m", Manifest(folder))));
        }
    }

    private static string Manifest(string folder) => Path.Combine(folder, "HcsPowerShell.psd1");

    /// <summary>
    /// Imports a second copy after a first. Requires one error, nothing of the second copy, and that the first still
    /// works.
    /// </summary>
    private static void RequireRefusal(
        string folder, string version, string loaded, string meanwhile = "", bool stays = true)
    {
        PwshResult run = Pwsh.Run($$"""
            $first = Import-Module '{{StagedModule.Manifest}}' -PassThru
            $views = (Get-FormatData HcsPowerShell.*).FormatViewDefinition.Count
            {{meanwhile}}
            $error.Clear()
            try { Import-Module '{{Manifest(folder)}}' } catch { }
            $error.Count
            "$($error[0])"
            $error[0].FullyQualifiedErrorId
            "$($error[0].CategoryInfo.Category)"
            @(Get-Module -All | Where-Object { $_.Name -like 'HcsPowerShell*' -and $_ -notin @($first; $first.NestedModules) }).Count
            (Get-FormatData HcsPowerShell.*).FormatViewDefinition.Count -in $views, 0
            if ({{(stays ? "$true" : "$false")}}) { (Get-Command Get-HcsHost).Module.Path -eq $first.Path }
            Import-Module '{{StagedModule.Manifest}}'
            """);
        Assert.Equal(
            [
                "1",
                $"Restart PowerShell to import HcsPowerShell {version} from '{folder}': this process has already loaded {loaded}.",
                "HcsOtherCopyLoaded,Microsoft.PowerShell.Commands.ImportModuleCommand", "ResourceExists", "0", "True",
                .. stays ? (string[])["True"] : [],
            ],
            run.Output);
        Assert.Equal(string.Empty, run.Error);
    }

    private string Copy(string module)
    {
        string copy = Path.Combine(_folder.Path, "HcsPowerShell");
        foreach (string file in Directory.EnumerateFiles(module, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(copy, Path.GetRelativePath(module, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }
}
