using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace HcsPowerShell.Interop.Tests.Schema;

/// <summary>The HCS schemas Microsoft publishes, one per release of Windows, with the newest version of each.</summary>
public sealed class PublishedSchemas
{
    private static readonly (string Release, Version Newest)[] s_releases =
    [
        ("1809", new(2, 1)), ("1903", new(2, 2)), ("2004", new(2, 3)), ("2104", new(2, 5)), ("21H2", new(2, 6)),
    ];

    public PublishedSchemas(string folder) => Releases =
    [
        .. s_releases.Select(r => (r.Newest, Definitions(Path.Combine(folder, $"hcs-schema-{r.Release}.json")))),
    ];

    /// <summary>The releases, oldest first.</summary>
    public IReadOnlyList<(Version Newest, JsonElement Definitions)> Releases { get; }

    public JsonElement Latest => Releases[^1].Definitions;

    /// <summary>
    /// Returns the definition under the first of its names that the schema has; the names changed between releases.
    /// </summary>
    public static JsonElement? Find(JsonElement definitions, IEnumerable<string> names) => names
        .Select(name => definitions.TryGetProperty(name, out JsonElement found) ? found : (JsonElement?)null)
        .FirstOrDefault(found => found is not null);

    private static JsonElement Definitions(string file) =>
        JsonDocument.Parse(File.ReadAllText(file)).RootElement.GetProperty("definitions");
}
