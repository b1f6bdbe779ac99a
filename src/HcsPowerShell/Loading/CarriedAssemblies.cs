using System;
using System.IO;
using System.Reflection;

namespace HcsPowerShell.Loading;

/// <summary>
/// Loads the assemblies that the module carries in a separate folder. Only the module's assemblies and the carried ones
/// get them; other modules keep the versions that they have or bring.
/// </summary>
internal sealed class CarriedAssemblies(string folder)
{
    private static readonly string s_module = Path.GetDirectoryName(typeof(CarriedAssemblies).Assembly.Location)!;

    /// <summary>Handles <see cref="AppDomain.AssemblyResolve"/>; null leaves the request to another handler.</summary>
    public Assembly? Resolve(object? sender, ResolveEventArgs request)
    {
        if (request.RequestingAssembly is not { IsDynamic: false } requesting || !IsOurs(requesting))
        {
            return null;
        }

        var wanted = new AssemblyName(request.Name);
        string path = Path.Combine(folder, wanted.Name + ".dll");

        // Packages refer to versions of each other that are older than the carried ones, and there are no binding
        // redirects.
        return File.Exists(path) && AssemblyName.GetAssemblyName(path).Version >= wanted.Version
            ? Assembly.LoadFile(path)
            : null;
    }

    private bool IsOurs(Assembly assembly)
    {
        string? home = Path.GetDirectoryName(assembly.Location);
        return home == s_module || home == folder;
    }
}
