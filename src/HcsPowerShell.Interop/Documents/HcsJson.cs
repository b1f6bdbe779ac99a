using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using HcsPowerShell.Interop.Documents.Rules;

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
            return NotNull(JsonSerializer.Deserialize(json, TypeInfo(document)));
        }
        catch (JsonException e)
        {
            throw HcsDocumentException.From(e, document, json);
        }
    }

    internal static HcsDocument Read(Type document, ReadOnlySpan<byte> json)
    {
        try
        {
            return NotNull(JsonSerializer.Deserialize(json, TypeInfo(document)));
        }
        catch (JsonException e)
        {
            throw HcsDocumentException.From(e, document, Encoding.UTF8.GetString(json.ToArray()));
        }
    }

    /// <summary>Reads the members that fit and leaves out the rest; null when the text is not JSON.</summary>
    internal static T? ReadFitting<T>(string json)
        where T : HcsDocument
    {
        try
        {
            using JsonDocument text = JsonDocument.Parse(json);
            DocumentShape.Check(typeof(T), text.RootElement, out string fitting);
            return Read<T>(fitting);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static HcsDocument NotNull(object? document) =>
        (HcsDocument?)document ?? throw new HcsDocumentException("$", "the document is null, an object was expected");

    /// <summary>Reads a list item by item: what follows an item is not looked at before the caller asks for it.</summary>
    /// <exception cref="HcsDocumentException">Not a JSON array, or an item has the wrong type.</exception>
    public static IEnumerable<T> ReadList<T>(string json)
        where T : HcsDocument
    {
        var list = new JsonList(json);
        while (list.Next(typeof(T)) is { } item)
        {
            yield return (T)item;
        }
    }

    internal static JsonSerializerOptions Text => s_options;

    internal static JsonTypeInfo TypeInfo(Type type) => s_options.GetTypeInfo(type);
}
