using System;
using System.Collections.Generic;
using System.Text;
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
            RequireWholeCharacters(json);
            return NotNull(JsonSerializer.Deserialize(json, TypeInfo(document)));
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            throw HcsDocumentException.From(e, document, json);
        }
    }

    internal static HcsDocument Read(Type document, ReadOnlySpan<byte> json)
    {
        try
        {
            RequireWholeCharacters(json);
            return NotNull(JsonSerializer.Deserialize(json, TypeInfo(document)));
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            throw HcsDocumentException.From(e, document, Encoding.UTF8.GetString(json.ToArray()));
        }
    }

    /// <summary>
    /// True for whatever the reader throws at a text. An unpaired surrogate, raw or escaped, is refused in its own ways.
    /// </summary>
    internal static bool IsUnreadable(Exception e) =>
        e is JsonException or ArgumentException or InvalidOperationException or FormatException;

    /// <summary>Reads the members that fit and leaves out the rest; null when the text is no JSON object.</summary>
    internal static T? ReadFitting<T>(string json)
        where T : HcsDocument
    {
        try
        {
            using JsonDocument text = Parse(json);
            if (text.RootElement.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            DocumentShape.Check(typeof(T), text.RootElement, out string fitting);
            return Read<T>(fitting);
        }
        catch (HcsDocumentException)
        {
            return null;
        }
    }

    /// <summary>The text as it is.</summary>
    /// <exception cref="HcsDocumentException">It is not JSON.</exception>
    internal static JsonDocument Parse(string json)
    {
        try
        {
            RequireWholeCharacters(json);
            return JsonDocument.Parse(json);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            throw HcsDocumentException.From(e, null, json);
        }
    }

    /// <summary>
    /// An unpaired surrogate in a member without a property would be found only when the document is written again.
    /// </summary>
    internal static void RequireWholeCharacters(string json)
    {
        if (json.IndexOf("\\ud", StringComparison.OrdinalIgnoreCase) >= 0)
        {
            RequireWholeCharacters(Encoding.UTF8.GetBytes(json));
        }
    }

    private static void RequireWholeCharacters(ReadOnlySpan<byte> json)
    {
        if (json.IndexOf("\\u"u8) < 0)
        {
            return;
        }

        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            {
                reader.GetString();
            }
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
