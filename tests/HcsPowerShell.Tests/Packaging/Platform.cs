using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using HcsPowerShell.Tests.Engine;

namespace HcsPowerShell.Tests.Packaging;

/// <summary>The assemblies of a PowerShell: the reference assemblies of its .NET, and the folder for 5.1.</summary>
public sealed class Platform : IDisposable
{
    private readonly Dictionary<string, AssemblyMetadata> _given;
    private readonly Dictionary<string, AssemblyMetadata> _carried;

    private Platform(string folder, string? carried)
    {
        _given = Read(folder, SearchOption.AllDirectories);
        _carried = carried is null ? [] : Read(carried, SearchOption.TopDirectoryOnly);
    }

    /// <summary>Returns Windows PowerShell 5.1, or a version of PowerShell 7.</summary>
    public static Platform Of(string powerShell) => powerShell switch
    {
        "5.1" => new Platform(
            Package("microsoft.netframework.referenceassemblies.net472", "build", ".NETFramework", "v4.7.2"),
            Path.Combine(StagedModule.Folder, "net472")),
        "7.4" => new Platform(Package("microsoft.netcore.app.ref", "ref", "net8.0"), null),
        "7.5" => new Platform(Package("microsoft.netcore.app.ref", "ref", "net9.0"), null),
        "7.6" => new Platform(Package("microsoft.netcore.app.ref", "ref", "net10.0"), null),
        _ => throw new ArgumentOutOfRangeException(nameof(powerShell)),
    };

    /// <summary>The assemblies that the module carries for this platform.</summary>
    public IEnumerable<AssemblyMetadata> Shipped => _carried.Values;

    /// <summary>Describes what is missing for the reference; null if it is met.</summary>
    public string? Lack(string name, Version version, IEnumerable<string> types, IReadOnlyCollection<AssemblyMetadata> module)
    {
        AssemblyMetadata? found = module.FirstOrDefault(a => a.Name == name);
        if (found is null && _given.TryGetValue(name, out AssemblyMetadata? given) && given.Version >= version)
        {
            found = given;
        }

        if (found is null && _carried.TryGetValue(name, out AssemblyMetadata? carried) && carried.Version >= version)
        {
            found = carried;
        }

        return found is null
            ? $"{name} {version}"
            : string.Join(", ", types.Where(type => !found.Types.Contains(type))) is { Length: > 0 } missing
                ? $"{missing} in {found.Path}"
                : null;
    }

    public void Dispose()
    {
        foreach (AssemblyMetadata assembly in _given.Values.Concat(_carried.Values))
        {
            assembly.Dispose();
        }
    }

    private static Dictionary<string, AssemblyMetadata> Read(string folder, SearchOption depth) =>
        Directory.EnumerateFiles(folder, "*.dll", depth)
            .Where(AssemblyMetadata.IsAssembly)
            .Select(path => new AssemblyMetadata(path))
            .GroupBy(assembly => assembly.Name)
            .ToDictionary(group => group.Key, group => group.MaxBy(a => a.Version)!, StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns the folder inside the newest version of a package that has it.</summary>
    private static string Package(string id, params string[] folder) =>
        Directory.EnumerateDirectories(Path.Combine(PackageRoot, id))
            .Select(version => Path.Combine([version, .. folder]))
            .Where(Directory.Exists)
            .Order(StringComparer.Ordinal)
            .Last();

    private static string PackageRoot => typeof(Platform).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "PackageRoot").Value!;
}
