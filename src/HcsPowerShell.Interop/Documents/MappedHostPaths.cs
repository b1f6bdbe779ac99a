using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HcsPowerShell.Interop.Documents;

/// <summary>The host folders that a document maps into a container.</summary>
internal static class MappedHostPaths
{
    private const string HostPath = nameof(HostPath);

    /// <summary>
    /// Replaces the host paths of a document: of a system of either schema, or of a request to change one. Returns the
    /// document unchanged when no path changes. A document that cannot be read is left to the service, and so is a path
    /// inside a system that hosts this one.
    /// </summary>
    /// <param name="document">The document.</param>
    /// <param name="resolve">Returns the replacement for a path.</param>
    internal static string Resolve(string document, Func<string, string> resolve)
    {
        try
        {
            if (JsonNode.Parse(document, new JsonNodeOptions { PropertyNameCaseInsensitive = true }) is not JsonObject root
                || Text(root, "HostingSystemId") is { Length: > 0 })
            {
                return document;
            }

            bool isChanged = false;
            foreach (JsonObject folder in Folders(root))
            {
                isChanged |= Replace(folder, resolve);
            }

            return isChanged ? root.ToJsonString(HcsJson.Text) : document;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            // The text is not JSON, or a name occurs twice.
            return document;
        }
    }

    private static IEnumerable<JsonObject> Folders(JsonObject root)
    {
        if (root["Settings"] is JsonObject settings
            && (Is(Text(root, "ResourceType"), "MappedDirectory")
                || Text(root, "ResourcePath")?.EndsWith("/MappedDirectories", StringComparison.OrdinalIgnoreCase) == true))
        {
            return [settings];
        }

        JsonNode? folders = root["MappedDirectories"] ?? (root["Container"] as JsonObject)?["MappedDirectories"];
        return (folders as JsonArray ?? []).OfType<JsonObject>();
    }

    private static bool Replace(JsonObject folder, Func<string, string> resolve)
    {
        if (Text(folder, HostPath) is not { Length: > 0 } path)
        {
            return false;
        }

        string resolved = resolve(path);
        if (Is(resolved, path.TrimEnd('\\', '/')) || Is(resolved, path))
        {
            return false;
        }

        folder[HostPath] = resolved;
        return true;
    }

    private static string? Text(JsonObject node, string member) =>
        node[member] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static bool Is(string? text, string other) => string.Equals(text, other, StringComparison.OrdinalIgnoreCase);
}
