using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using HcsPowerShell.Tests.Engine;

namespace HcsPowerShell.Tests.Packaging;

/// <summary>The same sources as the version that comes next: built and packed apart from what is under test.</summary>
public sealed class NextPackage : GalleryPackage
{
    public NextPackage()
        : base(folder => ["--artifacts-path", Path.Combine(folder, "artifacts"), "-property:Version=" + Next])
    {
    }

    /// <summary>The files of the staged module and when they were written, as they were before the package was made.</summary>
    public IReadOnlyList<string> StagedBefore { get; } = Staged();

    /// <summary>The version of the staged module.</summary>
    public static Version First { get; } =
        AssemblyName.GetAssemblyName(Path.Combine(StagedModule.Folder, "HcsPowerShell.dll")).Version!;

    public static Version Next { get; } = new(First.Major, First.Minor + 1, 0);

    /// <summary>The same as it is now.</summary>
    public static IReadOnlyList<string> Staged() =>
    [
        .. new DirectoryInfo(StagedModule.Folder).EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => $"{file.FullName} {file.LastWriteTimeUtc:O} {file.Length}").Order(StringComparer.Ordinal),
    ];
}
