using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;

namespace HcsPowerShell.ImportCheck;

/// <summary>
/// Refuses the import of a copy of the module whose assemblies are not the ones that this process has loaded. .NET
/// loads an assembly once, so the new commands would be missing, or the old ones would run. The module lists this
/// assembly first among its nested modules, so that the check runs before anything else of the copy takes effect.
/// </summary>
public sealed class OneCopy : IModuleAssemblyInitializer
{
    private const string ModuleName = "HcsPowerShell";

    /// <inheritdoc/>
    public void OnImport()
    {
        Assembly[] loaded = [.. AppDomain.CurrentDomain.GetAssemblies().Where(IsOfModule)];
        if (loaded.Length == 0)
        {
            return;
        }

        (string folder, string version) = Importing();
        Assembly? other = loaded.FirstOrDefault(assembly => IsOther(assembly, folder));
        if (other is null)
        {
            return;
        }

        string from = Folder(other);
        string copy = IsSame(from, folder)
            ? $"an earlier build of it, {VersionOf(other)}"
            : $"{VersionOf(other)} from '{from}'";
        var failure = new InvalidOperationException(
            $"Restart PowerShell to import {ModuleName} {version} from '{folder}': this process has already loaded {copy}.");
        throw new RuntimeException(
            failure.Message,
            failure,
            new ErrorRecord(failure, "HcsOtherCopyLoaded", ErrorCategory.ResourceExists, folder));
    }

    /// <summary>
    /// The copy that PowerShell imports. For a second copy of the same version, PowerShell may run the check of the
    /// first copy, so the location of this assembly is not reliable.
    /// </summary>
    private static (string Folder, string Version) Importing()
    {
        var module = ScriptBlock.Create("$ExecutionContext.SessionState.Module").Invoke().FirstOrDefault()?.BaseObject;
        Assembly own = typeof(OneCopy).Assembly;
        return module is PSModuleInfo { Name: ModuleName } importing
            ? (importing.ModuleBase, importing.Version.ToString())
            : (Folder(own), VersionOf(own));
    }

    private static bool IsOfModule(Assembly assembly) => !assembly.IsDynamic && assembly.GetName().Name is { } name
        && (name == ModuleName || name.StartsWith(ModuleName + ".", StringComparison.Ordinal))
        && !name.StartsWith(typeof(OneCopy).Namespace, StringComparison.Ordinal);

    private static bool IsOther(Assembly assembly, string folder)
    {
        string name = assembly.GetName().Name;
        string file = Path.Combine(folder, name + ".dll");
        return File.Exists(file) && ((name == ModuleName && !IsSame(Folder(assembly), folder)) || !IsFrom(assembly, file));
    }

    /// <summary>
    /// True when the file has the id of the loaded code, that is, the file has not been written again since.
    /// </summary>
    private static bool IsFrom(Assembly assembly, string file)
    {
        byte[] id = assembly.ManifestModule.ModuleVersionId.ToByteArray();
        byte[] bytes = File.ReadAllBytes(file);
        int at = Array.IndexOf(bytes, id[0]);
        while (at >= 0 && !new ArraySegment<byte>(bytes, at, Math.Min(id.Length, bytes.Length - at)).SequenceEqual(id))
        {
            at = Array.IndexOf(bytes, id[0], at + 1);
        }

        return at >= 0;
    }

    private static bool IsSame(string folder, string other) => string.Equals(
        folder, other, Path.DirectorySeparatorChar == '\\' ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    private static string Folder(Assembly assembly) => Path.GetDirectoryName(assembly.Location)!;

    private static string VersionOf(Assembly assembly) => assembly.GetName().Version.ToString(3);
}
