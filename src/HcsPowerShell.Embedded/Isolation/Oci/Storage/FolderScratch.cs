using System;
using System.IO;
using System.Text.Json.Nodes;

namespace HcsPowerShell.Embedded.Isolation.Oci.Storage;

/// <summary>A scratch in a folder, which may hold one already.</summary>
internal sealed class FolderScratch : Scratch
{
    private readonly string _folder;

    public FolderScratch(string folder)
    {
        _folder = Path.GetFullPath(folder);
        MakeFolders(_folder);
    }

    public override string Upper => Path.Combine(_folder, UpperName);

    public override string Work => Path.Combine(_folder, WorkName);

    public override JsonObject? Mount => null;

    public override string? Device => BlockDevice.Of(_folder);

    public override void Prepare(Action<string> fill) => fill(Upper);

    public override void Dispose()
    {
    }
}
