using System.Linq;
using System.Reflection;

namespace HcsPowerShell.Benchmarks.Engine;

/// <summary>The manifests of the measured modules.</summary>
internal static class Modules
{
    /// <summary>The module as it ships.</summary>
    public static string Staged { get; } = Manifest("StagedModule");

    /// <summary>A module with one command.</summary>
    public static string Empty { get; } = Manifest("EmptyModule");

    private static string Manifest(string key) => typeof(Modules).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(value => value.Key == key).Value!;
}
