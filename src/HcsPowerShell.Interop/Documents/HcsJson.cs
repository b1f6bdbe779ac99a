using System;
using System.Collections.Generic;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace HcsPowerShell.Interop.Documents;

/// <summary>Reads and writes the documents, by generated code.</summary>
public static class HcsJson
{
    private static readonly JsonSerializerOptions s_options = new(HcsJsonContext.Default.Options)
    {
        // HCS takes UTF-16 and people read the text: only what JSON itself demands is escaped.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = HcsJsonContext.Default.WithAddedModifier(GoRules.Apply),
    };

    private static readonly JsonSerializerOptions s_asRead = new(HcsJsonContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = HcsJsonContext.Default.WithAddedModifier(GoRules.OmitUnknown),
    };

    /// <summary>The document as it would be sent: members and order as hcsshim writes them.</summary>
    public static string Write(HcsDocument document) =>
        JsonSerializer.Serialize(document, TypeInfo(document.GetType()));

    /// <summary>The document as it was read: a member that was not in it is not in the text.</summary>
    public static string Reproduce(HcsDocument document) =>
        JsonSerializer.Serialize(document, s_asRead.GetTypeInfo(document.GetType()));

    /// <summary>Reads a document. Unknown members are kept; names are compared without case.</summary>
    /// <exception cref="HcsDocumentException">Not JSON, or a member has the wrong type.</exception>
    public static T Read<T>(string json)
        where T : HcsDocument => (T)Read(typeof(T), json);

    /// <summary>The same for a type known at run time only.</summary>
    /// <exception cref="HcsDocumentException">Not JSON, or a member has the wrong type.</exception>
    public static HcsDocument Read(Type document, string json)
    {
        try
        {
            return (HcsDocument?)JsonSerializer.Deserialize(json, TypeInfo(document))
                ?? throw new HcsDocumentException("$", "the document is null, an object was expected");
        }
        catch (JsonException e)
        {
            throw HcsDocumentException.From(e, json);
        }
    }

    /// <summary>Reads a list lazily: an item is materialised only when the caller reaches it.</summary>
    /// <exception cref="HcsDocumentException">Not a JSON array, or an item has the wrong type.</exception>
    public static IEnumerable<T> ReadList<T>(string json)
        where T : HcsDocument
    {
        using JsonDocument list = ParseArray(json);
        foreach (JsonElement item in list.RootElement.EnumerateArray())
        {
            yield return Read<T>(item.GetRawText());
        }
    }

    private static JsonDocument ParseArray(string json)
    {
        try
        {
            JsonDocument list = JsonDocument.Parse(json);
            return list.RootElement.ValueKind == JsonValueKind.Array
                ? list
                : throw new HcsDocumentException("$", "a list was expected");
        }
        catch (JsonException e)
        {
            throw HcsDocumentException.From(e, json);
        }
    }

    internal static JsonSerializerOptions Text => s_options;

    internal static JsonTypeInfo TypeInfo(Type type) => s_options.GetTypeInfo(type);
}
