using System;
using System.IO;
using System.Linq;
using HcsPowerShell.Tests.Engine;
using Mono.Cecil;

namespace HcsPowerShell.Tests.Remoting;

/// <summary>
/// A copy of the module with a lower version. It has no Watch-HcsEvent yet, and its Get-HcsContainer no parameter State.
/// </summary>
public sealed class OlderModule : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public OlderModule()
    {
        string copy = Path.Combine(_folder.Path, "HcsPowerShell");
        foreach (string file in Directory.EnumerateFiles(StagedModule.Folder, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(copy, Path.GetRelativePath(StagedModule.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        string manifest = Path.Combine(copy, "HcsPowerShell.psd1");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("'Watch-HcsEvent'", string.Empty, StringComparison.Ordinal));
        string assembly = Path.Combine(copy, "HcsPowerShell.dll");
        using var references = new DefaultAssemblyResolver();
        references.AddSearchDirectory(copy);
        references.AddSearchDirectory(Path.GetDirectoryName(StagedModule.PowerShell));
        using var changed = AssemblyDefinition.ReadAssembly(
            new MemoryStream(File.ReadAllBytes(assembly)), new ReaderParameters(ReadingMode.Immediate) { AssemblyResolver = references });
        changed.Name.Version = new Version(0, 0, 1, 0);
        changed.MainModule.GetType("HcsPowerShell.Commands.GetHcsContainerCommand").Properties
            .Single(property => property.Name == "State").Name = "Phase";
        changed.Write(assembly);
    }

    /// <summary>The folder for PSModulePath.</summary>
    public string ModulePath => _folder.Path;

    public void Dispose() => _folder.Dispose();
}
