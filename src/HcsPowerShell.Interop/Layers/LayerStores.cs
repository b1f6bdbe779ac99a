using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace HcsPowerShell.Interop.Layers;

/// <summary>The folders in which other programs keep their layers. Nothing is made, changed or removed there.</summary>
internal static class LayerStores
{
    private const long MostBytes = 1 << 20;

    /// <summary>Returns the program that a folder belongs to; null when it is none of the known ones.</summary>
    /// <param name="path">Path without links.</param>
    public static string? OwnerOf(string path) =>
        Known().FirstOrDefault(store => LayerPath.IsIn(path, store.Folder)).Owner;

    /// <summary>Reads to which folder the settings of Docker move its store; null when they do not.</summary>
    public static string? DataRoot(string file)
    {
        try
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (stream.Length > MostBytes)
            {
                return null;
            }

            using JsonDocument settings = JsonDocument.Parse(stream);
            return settings.RootElement.ValueKind == JsonValueKind.Object
                && settings.RootElement.TryGetProperty("data-root", out JsonElement root)
                && root.ValueKind == JsonValueKind.String
                && root.GetString() is { } path && LayerPath.IsAbsolute(path)
                    ? path
                    : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<(string Owner, string Folder)> Known()
    {
        bool isWindows = Path.DirectorySeparatorChar == '\\';
        string data = isWindows ? Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData) : "/var/lib";
        string settings = isWindows ? Path.Combine(data, "docker", "config") : "/etc/docker";
        yield return ("Docker", Path.Combine(data, "docker"));
        if (DataRoot(Path.Combine(settings, "daemon.json")) is { } moved)
        {
            yield return ("Docker", moved);
        }

        yield return ("containerd", Path.Combine(data, "containerd"));
        if (!isWindows)
        {
            yield return ("Podman", Path.Combine(data, "containers"));
        }
    }
}
