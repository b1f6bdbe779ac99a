using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using HcsPowerShell.Interop.Images;

namespace HcsPowerShell.Embedded.Linux.Oci.Images;

/// <summary>The names of the images of the store, each with a digest, in a file that is replaced as a whole.</summary>
internal static class ImageNames
{
    private const string FileName = "names.json";

    /// <summary>Reads the names; an image without a folder has none.</summary>
    /// <exception cref="Interop.ImageException">The file cannot be read.</exception>
    public static Dictionary<string, string> Read(string store)
    {
        using FolderFiles files = new(store);
        Dictionary<string, string> names = new(StringComparer.Ordinal);
        if (files.Read(FileName) is { } content)
        {
            foreach (KeyValuePair<string, string> name in ImageNode.Parse(content, store, FileName).TextMembers())
            {
                if (ImageDigest.HexOf(name.Value) is { } hex && Directory.Exists(Path.Combine(store, hex)))
                {
                    names[name.Key] = name.Value;
                }
            }
        }

        return names;
    }

    /// <summary>
    /// Writes the names beside the file, so that a disk without room is noticed before anything changes.
    /// </summary>
    /// <param name="folder">A folder of the same file system.</param>
    /// <param name="names">All names.</param>
    /// <returns>Path of the new file.</returns>
    public static string Prepare(string folder, IReadOnlyDictionary<string, string> names)
    {
        string path = Path.Combine(folder, FileName);
        using FileStream stream = new(path, FileMode.Create, FileAccess.Write, FileShare.None);
        using (Utf8JsonWriter writer = new(stream))
        {
            writer.WriteStartObject();
            foreach (KeyValuePair<string, string> name in names)
            {
                writer.WriteString(name.Key, name.Value);
            }

            writer.WriteEndObject();
        }

        stream.Flush(flushToDisk: true);
        return path;
    }

    /// <summary>Puts the prepared file in the place of the old one.</summary>
    public static void Replace(string store, string prepared)
    {
        string path = Path.Combine(store, FileName);
        if (File.Exists(path))
        {
            File.Replace(prepared, path, destinationBackupFileName: null);
        }
        else
        {
            File.Move(prepared, path);
        }
    }
}
