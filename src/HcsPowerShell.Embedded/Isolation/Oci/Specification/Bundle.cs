using System.Collections.Generic;
using System.IO;
using System.Text.Json.Nodes;
using HcsPowerShell.Embedded.Isolation.Oci.State;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Isolation.Oci.Specification;

/// <summary>The folder runc makes a container from.</summary>
internal sealed class Bundle
{
    private readonly string _name;
    private int _processIdFiles;

    private Bundle(string name, string folder)
    {
        _name = name;
        Folder = folder;
    }

    public string Folder { get; }

    /// <param name="folder">Where the host keeps its bundles.</param>
    /// <param name="name">What runc will know the container by.</param>
    /// <param name="id">Id of the container.</param>
    /// <param name="config">Its document, which has been checked.</param>
    /// <param name="network">Path of the network namespace to join; null makes a new one.</param>
    /// <exception cref="Interop.HcsException">A member asks for what is missing or cannot be had; it is named.</exception>
    public static Bundle Create(HostFolder folder, string name, string id, ContainerConfig config, string? network)
    {
        Bundle bundle = new(name, folder.Bundle(name));
        Directory.CreateDirectory(bundle.Folder);
        try
        {
            bundle.Write(id, config, network);
            return bundle;
        }
        catch
        {
            bundle.Remove();
            throw;
        }
    }

    /// <summary>A file name no other process has been told.</summary>
    public string NextProcessIdFile() =>
        Path.Combine(Folder, $"{System.Threading.Interlocked.Increment(ref _processIdFiles)}.pid");

    public void Remove() => FolderRemoval.Remove(Folder);

    private void Write(string id, ContainerConfig config, string? network)
    {
        Scratch scratch = Scratch.In(Folder);
        RootFiles root = RootFiles.Create(Folder, config.Layers ?? [], scratch);
        List<JsonObject> mapped = [.. MappedFolders.Folders(config), .. MappedFolders.Pipes(id, config)];
        JsonObject specification = ContainerSpecification.Build(
            _name,
            string.IsNullOrEmpty(config.HostName) ? _name.Substring(_name.LastIndexOf('-') + 1) : config.HostName!,
            root,
            mapped,
            Limits.Of(id, config, storage: null),
            network);
        File.WriteAllText(Path.Combine(Folder, "config.json"), specification.ToJsonString());
    }
}
