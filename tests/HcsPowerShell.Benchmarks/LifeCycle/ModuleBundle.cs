using System;
using System.IO;
using System.Linq;
using System.Threading;

namespace HcsPowerShell.Benchmarks.LifeCycle;

/// <summary>The bundle that the module has written for a container, found by the host name in it.</summary>
internal sealed class ModuleBundle
{
    private const string Hosts = "/var/lib/hcspowershell";

    private ModuleBundle(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>The name of the container in runc.</summary>
    public string Name => Path.GetFileName(Folder);

    /// <summary>The file in which runc keeps the state of the container.</summary>
    public string StateFile => Path.Combine(Folder, "..", "..", "runc", Name, "state.json");

    /// <summary>
    /// Waits until the module has removed the folders of containers, which it does in the background.
    /// </summary>
    public void WaitForRemovals()
    {
        while (Directory.EnumerateDirectories(Path.GetDirectoryName(Folder)!).Any())
        {
            Thread.Sleep(1);
        }
    }

    /// <param name="hostName">A host name that no other container has.</param>
    public static ModuleBundle Find(string hostName) => new(Directory.GetDirectories(Hosts)
        .Select(host => Path.Combine(host, "bundles"))
        .Where(Directory.Exists)
        .SelectMany(Directory.GetDirectories)
        .Single(bundle => ReadConfiguration(bundle).Contains($"\"{hostName}\"", StringComparison.Ordinal)));

    public string ReadConfiguration() => ReadConfiguration(Folder);

    private static string ReadConfiguration(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "config.json"));
        }
        catch (IOException)
        {
            // The bundle belongs to another host, which is being created or removed.
            return string.Empty;
        }
    }
}
