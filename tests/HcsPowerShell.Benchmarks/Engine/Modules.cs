using System.Linq;
using System.Reflection;

namespace HcsPowerShell.Benchmarks.Engine;

/// <summary>The files that the build names: the manifests of the measured modules, and others.</summary>
internal static class Modules
{
    /// <summary>The module as it ships.</summary>
    public static string Staged { get; } = Find("StagedModule");

    /// <summary>A module with one command.</summary>
    public static string Empty { get; } = Find("EmptyModule");

    public static string Find(string key) => typeof(Modules).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(value => value.Key == key).Value!;
}
