using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace HcsPowerShell.Interop.Documents;

/// <summary>Compares JSON with the members of a document and finds every name and type that does not fit.</summary>
internal sealed class DocumentShape
{
    private readonly List<DocumentProblem> _problems = [];
    private readonly Utf8JsonWriter _fitting;

    private DocumentShape(Utf8JsonWriter fitting) => _fitting = fitting;

    /// <param name="document">The class of the document.</param>
    /// <param name="json">The JSON to compare.</param>
    /// <param name="fitting">
    /// The document without the parts that do not fit, so that it can be read and checked further.
    /// </param>
    public static IReadOnlyList<DocumentProblem> Check(Type document, JsonElement json, out string fitting)
    {
        using var buffer = new MemoryStream();
        using var writer = new Utf8JsonWriter(buffer);
        var shape = new DocumentShape(writer);
        if (shape.Misfits(document, json, "$"))
        {
            shape.WriteEmpty(document);
        }
        else
        {
            shape.Write(document, json, string.Empty);
        }

        writer.Flush();
        fitting = Encoding.UTF8.GetString(buffer.ToArray());
        return shape._problems;
    }

    /// <summary>Returns the misfit at a JSON path, in words; null when the problem there is not the type.</summary>
    public static string? MisfitAt(string jsonPath, Type document, JsonElement json) =>
        Check(document, json, out _)
            .LastOrDefault(p => jsonPath.Equals(p.Path == "$" ? p.Path : "$." + p.Path, StringComparison.OrdinalIgnoreCase))
            ?.Message.TrimEnd('.');

    private void Write(Type type, JsonElement json, string path)
    {
        if (json.ValueKind != JsonValueKind.Null && typeof(HcsDocument).IsAssignableFrom(type))
        {
            WriteDocument(type, json, path);
        }
        else if (json.ValueKind == JsonValueKind.Array && type.IsArray)
        {
            WriteList(type.GetElementType()!, json, path);
        }
        else if (json.ValueKind == JsonValueKind.Object && JsonKind.ValuesOf(type) is { } values)
        {
            WriteMap(values, json, path);
        }
        else
        {
            json.WriteTo(_fitting);
        }
    }

    private void WriteDocument(Type type, JsonElement json, string path)
    {
        string prefix = path.Length == 0 ? string.Empty : path + ".";
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        JsonPropertyInfo[] members = [.. HcsJson.TypeInfo(type).Properties.Where(p => !p.IsExtensionData)];
        _fitting.WriteStartObject();
        foreach (JsonProperty given in json.EnumerateObject())
        {
            string place = prefix + given.Name;
            if (members.FirstOrDefault(m => m.Name.Equals(given.Name, StringComparison.OrdinalIgnoreCase)) is not { } member)
            {
                _problems.Add(new DocumentProblem(place, EndOf(MemberName.Unknown(type, given.Name))) { IsSent = true });
            }
            else if (!seen.Add(given.Name))
            {
                _problems.Add(new DocumentProblem(place, "The member is given more than once."));
            }
            else if (!Misfits(member.PropertyType, given.Value, place))
            {
                _fitting.WritePropertyName(member.Name);
                Write(member.PropertyType, given.Value, place);
            }
        }

        _fitting.WriteEndObject();
    }

    private static string EndOf(string sentence) => sentence.EndsWith("?", StringComparison.Ordinal) ? sentence : sentence + ".";

    private void WriteList(Type type, JsonElement json, string path)
    {
        _fitting.WriteStartArray();
        int index = 0;
        foreach (JsonElement item in json.EnumerateArray())
        {
            WriteItem(type, item, $"{path}[{index++}]");
        }

        _fitting.WriteEndArray();
    }

    private void WriteMap(Type type, JsonElement json, string path)
    {
        _fitting.WriteStartObject();
        foreach (JsonProperty entry in json.EnumerateObject())
        {
            _fitting.WritePropertyName(entry.Name);
            if (type == typeof(string) && entry.Value.ValueKind == JsonValueKind.Number)
            {
                // A map of texts takes a number as its text.
                _fitting.WriteStringValue(entry.Value.GetRawText());
            }
            else
            {
                WriteItem(type, entry.Value, path + "." + entry.Name);
            }
        }

        _fitting.WriteEndObject();
    }

    /// <summary>
    /// Writes an item. An item that does not fit keeps its place, so that the paths of the others stay right.
    /// </summary>
    private void WriteItem(Type type, JsonElement item, string path)
    {
        if (item.ValueKind == JsonValueKind.Null ? Expect(type, item, path) : Misfits(type, item, path))
        {
            WriteEmpty(type);
        }
        else
        {
            Write(type, item, path);
        }
    }

    private void WriteEmpty(Type type)
    {
        string empty = typeof(HcsDocument).IsAssignableFrom(type) ? "{}" : type.IsValueType ? "0" : "null";
        _fitting.WriteRawValue(empty);
    }

    private bool Misfits(Type type, JsonElement json, string path) =>
        !JsonKind.Fits(type, json) && Expect(type, json, path);

    private bool Expect(Type type, JsonElement json, string path)
    {
        _problems.Add(new DocumentProblem(path, $"{JsonKind.Expected(type)} is expected, not {JsonKind.Of(json)}."));
        return true;
    }
}
