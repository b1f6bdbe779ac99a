using System;
using System.Collections;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using System.Text.Json;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Documents;

/// <summary>Converts PowerShell values (hashtables, objects, lists, simple values) to JSON text.</summary>
internal static class DocumentText
{
    private const int DeepestNesting = 64;

    private const string DeserializedRawJson = "Deserialized.HcsPowerShell.Interop.Documents.RawJson";

    /// <exception cref="HcsDocumentException">
    /// A value cannot be represented in JSON, or the nesting is too deep.
    /// </exception>
    public static string From(object? value)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, value, "$", 0);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter writer, object? value, string path, int depth)
    {
        if (depth > DeepestNesting)
        {
            throw new HcsDocumentException(path, $"nested more than {DeepestNesting} levels deep");
        }

        object? plain = value is null ? null : DocumentReader.Plain(value);
        switch (plain)
        {
            case null: writer.WriteNullValue(); break;
            case HcsDocument document: writer.WriteRawValue(HcsJson.Write(document)); break;
            case RawJson raw: writer.WriteRawValue(raw.Text); break;
            case PSObject raw when raw.TypeNames.Contains(DeserializedRawJson): WriteRaw(writer, raw, path); break;
            case IDictionary map: WriteMap(writer, map, path, depth); break;
            case PSObject custom: WriteObject(writer, custom, path, depth); break;
            default: WriteValue(writer, plain, path, depth); break;
        }
    }

    private static void WriteValue(Utf8JsonWriter writer, object value, string path, int depth)
    {
        switch (value)
        {
            case string or char or Guid: writer.WriteStringValue(Whole(value.ToString()!, path)); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case SwitchParameter flag: writer.WriteBooleanValue(flag); break;
            case DateTimeOffset time: writer.WriteStringValue(time); break;
            case DateTime time: writer.WriteStringValue(time); break;
            case Enum name: writer.WriteStringValue(name.ToString()); break;
            case ulong number: writer.WriteNumberValue(number); break;
            case byte or sbyte or short or ushort or int or uint or long:
                writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case decimal number: writer.WriteNumberValue(number); break;
            case float or double: WriteFinite(writer, Convert.ToDouble(value, CultureInfo.InvariantCulture), path); break;
            case IEnumerable list: WriteList(writer, list, path, depth); break;
            default: throw new HcsDocumentException(path, $"a value of type {value.GetType().Name} has no place in JSON");
        }
    }

    // The JSON writer would replace an unpaired surrogate without an error.
    private static string Whole(string text, string path) => HalfCharacter.In(text) is { } at
        ? throw new HcsDocumentException(path, $"character {at + 1} of a text is half of a character, an unpaired surrogate")
        : text;

    private static void WriteFinite(Utf8JsonWriter writer, double number, string path)
    {
        if (double.IsNaN(number) || double.IsInfinity(number))
        {
            throw new HcsDocumentException(path, "the number has no place in JSON");
        }

        writer.WriteNumberValue(number);
    }

    private static void WriteMap(Utf8JsonWriter writer, IDictionary map, string path, int depth)
    {
        writer.WriteStartObject();
        foreach (DictionaryEntry entry in map)
        {
            string name = entry.Key.ToString() ?? string.Empty;
            writer.WritePropertyName(Whole(name, path));
            Write(writer, entry.Value, path + "." + name, depth + 1);
        }

        writer.WriteEndObject();
    }

    private static void WriteObject(Utf8JsonWriter writer, PSObject custom, string path, int depth)
    {
        writer.WriteStartObject();
        foreach (PSPropertyInfo property in custom.Properties.Where(p => p.IsGettable))
        {
            writer.WritePropertyName(Whole(property.Name, path));
            Write(writer, property.Value, path + "." + property.Name, depth + 1);
        }

        writer.WriteEndObject();
    }

    /// <summary>
    /// Writes a <see cref="RawJson"/> that a job or a remote session returned: an object with the text as a property.
    /// </summary>
    private static void WriteRaw(Utf8JsonWriter writer, PSObject raw, string path)
    {
        string text = raw.Properties["Text"]?.Value as string ?? string.Empty;
        writer.WriteRawValue(RawDocument.Read(text, path).Text);
    }

    private static void WriteList(Utf8JsonWriter writer, IEnumerable list, string path, int depth)
    {
        writer.WriteStartArray();
        int index = 0;
        foreach (object? item in list)
        {
            Write(writer, item, $"{path}[{index++}]", depth + 1);
        }

        writer.WriteEndArray();
    }
}
