using System.Collections.Generic;
using System.Text.Json;

namespace HcsPowerShell.Interop.ComputeCore;

/// <summary>Reads the answer to the service query for Basic.</summary>
internal static class ServiceProperties
{
    /// <summary>Schema versions as <c>2.5</c>; each implies the lower minor ones. Empty when the answer has none.</summary>
    internal static IReadOnlyList<string> SchemaVersions(string? json)
    {
        var versions = new List<string>();
        if (string.IsNullOrEmpty(json))
        {
            return versions;
        }

        using JsonDocument document = JsonDocument.Parse(json!);
        foreach (JsonElement property in Array(document.RootElement, "Properties"))
        {
            foreach (JsonElement version in Array(property, "SupportedSchemaVersions"))
            {
                if (version.TryGetProperty("Major", out JsonElement major)
                    && version.TryGetProperty("Minor", out JsonElement minor))
                {
                    versions.Add(major.GetRawText() + "." + minor.GetRawText());
                }
            }
        }

        return versions;
    }

    private static JsonElement.ArrayEnumerator Array(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object
        && parent.TryGetProperty(name, out JsonElement array)
        && array.ValueKind == JsonValueKind.Array
            ? array.EnumerateArray()
            : default;
}
