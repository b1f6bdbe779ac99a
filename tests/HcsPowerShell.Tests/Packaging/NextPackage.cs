using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using HcsPowerShell.Tests.Engine;

namespace HcsPowerShell.Tests.Packaging;

/// <summary>
/// A package of the same sources with the next version, built separately from the files under test, whose build has
/// analyzed the sources.
/// </summary>
public sealed class NextPackage : GalleryPackage
{
    public NextPackage()
        : base(folder => ["--artifacts-path", Path.Combine(folder, "artifacts"), "-property:Version=" + Next, "-property:RunAnalyzers=false"])
    {
    }

    /// <summary>The files of the staged module and their write times before the package was made.</summary>
    public IReadOnlyList<string> StagedBefore { get; } = Staged();

    /// <summary>The version of the staged module.</summary>
    public static Version First { get; } =
        AssemblyName.GetAssemblyName(Path.Combine(StagedModule.Folder, "HcsPowerShell.dll")).Version!;

    public static Version Next { get; } = new(First.Major, First.Minor + 1, 0);

    /// <summary>Returns the files of the staged module and their current write times.</summary>
    public static IReadOnlyList<string> Staged() =>
    [
        .. new DirectoryInfo(StagedModule.Folder).EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => $"{file.FullName} {file.LastWriteTimeUtc:O} {file.Length}").Order(StringComparer.Ordinal),
    ];
}
