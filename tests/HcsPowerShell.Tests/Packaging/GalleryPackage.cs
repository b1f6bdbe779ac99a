using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Xml.Linq;
using HcsPowerShell.Tests.Engine;
using Xunit;
using Xunit.Sdk;

namespace HcsPowerShell.Tests.Packaging;

/// <summary>
/// The package, made once for all tests that only read it, and the module as the client of the Gallery installs it.
/// </summary>
[CollectionDefinition(nameof(GalleryPackage))]
public class GalleryPackage : ICollectionFixture<GalleryPackage>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public GalleryPackage()
        : this(_ => ["--no-build"])
    {
    }

    /// <param name="arguments">Returns the additional arguments of the command line for a folder.</param>
    protected GalleryPackage(Func<string, string[]> arguments)
    {
        Make(arguments(_folder.Path));
        File = Directory.EnumerateFiles(_folder.Path, "*.nupkg").Single();
        using ZipArchive archive = ZipFile.OpenRead(File);
        using Stream nuspec = archive.Entries.Single(e => e.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        Nuspec = XDocument.Load(nuspec);
        archive.ExtractToDirectory(Module);

        // The files of the package format do not belong to the module.
        Directory.Delete(Path.Combine(Module, "_rels"), recursive: true);
        Directory.Delete(Path.Combine(Module, "package"), recursive: true);
        System.IO.File.Delete(Path.Combine(Module, "[Content_Types].xml"));
        System.IO.File.Delete(Path.Combine(Module, "HcsPowerShell.nuspec"));
    }

    /// <summary>The path of the package.</summary>
    public string File { get; }

    /// <summary>The folder of the installed module.</summary>
    public string Module => Path.Combine(_folder.Path, "installed", "HcsPowerShell");

    public XDocument Nuspec { get; }

    /// <summary>A module folder that contains this module.</summary>
    public string ModulePath => Path.GetDirectoryName(Module)!;

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private void Make(string[] more)
    {
        (int exitCode, string output, string error) = DotNet.Run(
            ["pack", Path.Combine(StagedModule.RepositoryRoot, "src", "HcsPowerShell"), "--nologo",
             "--configuration", StagedModule.Configuration, "--output", _folder.Path, .. more]);
        if (exitCode != 0)
        {
            throw new XunitException(output + error);
        }
    }
}
