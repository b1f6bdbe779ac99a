using System.Collections;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.IO;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace HcsPowerShell.Tests.Engine;

/// <summary>Documents that Go wrote: the fields by Go name, and the text.</summary>
public static class GoDocuments
{
    private static readonly JsonSerializerOptions s_unescaped =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The lines of the file: the number, the type and the name of each document.</summary>
    public static IEnumerable<(int Line, string Type, string Name)> All =>
        Rows().Select((row, i) => (i, row.GetProperty("type").GetString()!, row.GetProperty("name").GetString()!));

    /// <summary>Returns the text that Go wrote.</summary>
    public static string Json(int line) => Rows()[line].GetProperty("json").GetString()!;

    /// <summary>Returns the fields as a hashtable.</summary>
    public static Hashtable Set(int line) =>
        new((IDictionary)Value(Rows()[line].GetProperty("set"))!);

    /// <summary>
    /// Returns the same members, order and values, with uniform escapes instead of those that Go chooses.
    /// </summary>
    public static string Canonical(string json)
    {
        using JsonDocument parsed = JsonDocument.Parse(json);
        return JsonSerializer.Serialize(parsed.RootElement, s_unescaped);
    }

    private static JsonElement[] Rows() =>
    [
        .. File.ReadLines(Path.Combine(StagedModule.RepositoryRoot, "tests", "data", "schema1-documents.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement),
    ];

    private static object? Value(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                var map = new OrderedDictionary();
                foreach (JsonProperty member in json.EnumerateObject())
                {
                    map.Add(member.Name, Value(member.Value));
                }

                return map;
            case JsonValueKind.Array: return json.EnumerateArray().Select(Value).ToArray();
            case JsonValueKind.String: return json.GetString();
            case JsonValueKind.Number when json.TryGetInt64(out long number): return number;
            case JsonValueKind.Number when json.TryGetUInt64(out ulong large): return large;
            case JsonValueKind.Number: return json.GetDecimal();
            case JsonValueKind.Null: return null;
            default: return json.GetBoolean();
        }
    }
}
