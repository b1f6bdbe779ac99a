using System;
using System.IO;
using System.Text.Json.Nodes;

namespace HcsPowerShell.Embedded.Isolation.Oci.Storage;

/// <summary>The writable top of a container's files: folders <c>upper</c> and <c>work</c>, as overlay calls them.</summary>
internal abstract class Scratch : IDisposable
{
    private protected const string UpperName = "upper";
    private protected const string WorkName = "work";

    /// <summary>Folder that takes what the container writes, where runc finds it.</summary>
    public abstract string Upper { get; }

    /// <summary>Folder overlay needs beside it, where runc finds it.</summary>
    public abstract string Work { get; }

    /// <summary>What runc has to mount before; null when it is all there.</summary>
    public abstract JsonObject? Mount { get; }

    /// <summary>The block device it is on, as <c>major:minor</c>; null when it is on none.</summary>
    public abstract string? Device { get; }

    /// <summary>Lets the upper folder be filled; the path is valid during the call only.</summary>
    public abstract void Prepare(Action<string> fill);

    /// <summary>Lets go of what runc has mounted by now.</summary>
    public abstract void Dispose();

    private protected static void MakeFolders(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, UpperName));
        Directory.CreateDirectory(Path.Combine(folder, WorkName));
    }
}
