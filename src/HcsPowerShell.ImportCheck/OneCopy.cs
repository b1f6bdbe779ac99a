using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Text;

namespace HcsPowerShell.ImportCheck;

/// <summary>
/// Refuses the import of a copy of the module whose assemblies are not the ones this process has loaded: .NET loads an
/// assembly once, so the new commands would be missing or would be the old ones. The module names this assembly first
/// among its nested modules, so that the check comes before anything else of the copy takes effect.
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
    /// The copy that is being imported. PowerShell may hand over the check of the first copy for that of a second one of
    /// the same version, so where this assembly lies does not tell.
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

    /// <summary>The file has the id of the loaded code: it was not written again since.</summary>
    private static bool IsFrom(Assembly assembly, string file)
    {
        var latin1 = Encoding.GetEncoding("iso-8859-1");
        string id = latin1.GetString(assembly.ManifestModule.ModuleVersionId.ToByteArray());
        return latin1.GetString(File.ReadAllBytes(file)).IndexOf(id, StringComparison.Ordinal) >= 0;
    }

    private static bool IsSame(string folder, string other) => string.Equals(
        folder, other, Path.DirectorySeparatorChar == '\\' ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    private static string Folder(Assembly assembly) => Path.GetDirectoryName(assembly.Location)!;

    private static string VersionOf(Assembly assembly) => assembly.GetName().Version.ToString(3);
}
