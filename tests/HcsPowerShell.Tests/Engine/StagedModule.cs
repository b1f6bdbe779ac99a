using System.IO;
using System.Linq;
using System.Reflection;

namespace HcsPowerShell.Tests.Engine;

/// <summary>The module as it ships, and where its sources are.</summary>
public static class StagedModule
{
    public static string RepositoryRoot { get; } = BuildValue("RepositoryRoot");

    public static string Folder { get; } = Path.Combine(RepositoryRoot, "out", "HcsPowerShell");

    public static string Manifest { get; } = Path.Combine(Folder, "HcsPowerShell.psd1");

    /// <summary>The console host of the same build.</summary>
    public static string ConsoleHost { get; } = BuildValue("ConsoleHost");

    private static string BuildValue(string key) => typeof(StagedModule).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == key).Value!;
}
