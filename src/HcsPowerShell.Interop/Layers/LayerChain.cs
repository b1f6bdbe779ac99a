using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace HcsPowerShell.Interop.Layers;

/// <summary>
/// The parents of a layer in <c>layerchain.json</c>, which Docker writes too: absolute paths, newest first, the base
/// layer last. A layer without the file has no known parents.
/// </summary>
internal static class LayerChain
{
    /// <summary>Name of the file in the folder of a layer.</summary>
    public const string FileName = "layerchain.json";

    // A path of Windows has 32767 characters at most, and a container 127 layers or so.
    private const long MostBytes = 8 << 20;

    /// <exception cref="LayerException">The file is no list of absolute paths.</exception>
    public static IReadOnlyList<string> Read(string path)
    {
        string file = Path.Combine(path, FileName);
        try
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (stream.Length > MostBytes)
            {
                throw Unreadable(path, $"it has {stream.Length} bytes");
            }

            using JsonDocument document = JsonDocument.Parse(stream);
            return document.RootElement.ValueKind switch
            {
                JsonValueKind.Null => [],
                JsonValueKind.Array => [.. document.RootElement.EnumerateArray().Select(item => Item(path, item))],
                var kind => throw Unreadable(path, $"it holds a JSON {kind}"),
            };
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (JsonException e)
        {
            throw Unreadable(path, "it is no JSON", e);
        }
    }

    /// <summary>True when the layer names such a parent. A file that cannot be read names none.</summary>
    public static bool Names(string path, Func<string, bool> isParent)
    {
        try
        {
            return Read(path).Any(isParent);
        }
        catch (Exception e) when (e is LayerException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Writes the file into the folder of a new layer.</summary>
    public static void Write(string path, IEnumerable<string> parents)
    {
        using FileStream stream = new(Path.Combine(path, FileName), FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        using Utf8JsonWriter writer = new(stream);
        writer.WriteStartArray();
        foreach (string parent in parents)
        {
            writer.WriteStringValue(parent);
        }

        writer.WriteEndArray();
    }

    /// <summary>Completes parents that do not end with a base layer by the parents of the last one.</summary>
    /// <param name="path">The layer that has the parents.</param>
    /// <param name="parents">At least one parent, newest first.</param>
    /// <param name="readsLast">True to take the parents of the last one from its file.</param>
    /// <exception cref="LayerException">There is no parent, or a layer is its own parent.</exception>
    public static IReadOnlyList<string> Complete(string path, IReadOnlyList<string> parents, bool readsLast)
    {
        if (parents.Count == 0)
        {
            throw new LayerException(
                LayerProblem.ParentMissing, path, $"'{path}' has no '{FileName}', so its parents are not known.");
        }

        string[] given = [.. parents.Select(LayerPath.Require)];
        string[] chain = [.. given, .. readsLast ? Read(given[given.Length - 1]) : []];
        HashSet<string> seen = new(LayerPath.Comparer) { path };
        return chain.FirstOrDefault(layer => !seen.Add(layer)) is { } twice
            ? throw new LayerException(LayerProblem.ChainLoop, twice, $"'{twice}' is its own parent.")
            : chain;
    }

    private static string Item(string path, JsonElement item) =>
        item.ValueKind == JsonValueKind.String && item.GetString() is { } parent && LayerPath.IsAbsolute(parent)
            ? LayerPath.Require(parent)
            : throw Unreadable(path, "it holds something that is no absolute path");

    private static LayerException Unreadable(string path, string reason, Exception? cause = null) => new(
        LayerProblem.ChainUnreadable,
        path,
        $"'{FileName}' of '{path}' is no list of parents: {reason}.",
        cause);
}
