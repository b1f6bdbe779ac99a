using System.IO;
using System.Linq;
using System.Reflection;

namespace HcsPowerShell.Tests.Engine;

/// <summary>The module as it ships, the folder of its sources, and the programs that test it.</summary>
public static class StagedModule
{
    public static string RepositoryRoot { get; } = BuildValue("RepositoryRoot");

    public static string Folder { get; } = Path.Combine(RepositoryRoot, "out", "HcsPowerShell");

    public static string Manifest { get; } = Path.Combine(Folder, "HcsPowerShell.psd1");

    /// <summary>The path of pwsh.dll of the PowerShell that NuGet restores, compiled ahead for the tests.</summary>
    public static string PowerShell { get; } = BuildValue("PowerShell");

    /// <summary>The path of pwsh.dll in the package.</summary>
    public static string PackagedPowerShell { get; } = BuildValue("PackagedPowerShell");

    /// <summary>The manifest of the Pester that NuGet restores.</summary>
    public static string Pester { get; } = BuildValue("Pester");

    /// <summary>The configuration in which all is built.</summary>
    public static string Configuration { get; } = BuildValue("Configuration");

    private static string BuildValue(string key) => typeof(StagedModule).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == key).Value!;
}
