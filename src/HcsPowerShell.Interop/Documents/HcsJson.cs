using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace HcsPowerShell.Interop.Documents;

/// <summary>Reads and writes the documents, with generated code.</summary>
public static class HcsJson
{
    private static readonly JsonSerializerOptions s_options = new(HcsJsonContext.Default.Options)
    {
        // HCS takes UTF-16 and users read the text, so only the characters that JSON requires are escaped.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = HcsJsonContext.Default.WithAddedModifier(GoRules.Apply),
    };

    private static readonly JsonSerializerOptions s_asRead = new(HcsJsonContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = HcsJsonContext.Default.WithAddedModifier(GoRules.OmitUnknown),
    };

    /// <summary>Writes the document as it is sent: members and order as hcsshim writes them.</summary>
    public static string Write(HcsDocument document) =>
        JsonSerializer.Serialize(document, TypeInfo(document.GetType()));

    /// <summary>Writes the document as it was read: a member that was not in it is not in the text.</summary>
    public static string Reproduce(HcsDocument document) =>
        JsonSerializer.Serialize(document, s_asRead.GetTypeInfo(document.GetType()));

    /// <summary>Reads a document. Unknown members are kept; case is ignored in names.</summary>
    /// <exception cref="HcsDocumentException">Not JSON, or a member has the wrong type.</exception>
    public static T Read<T>(string json)
        where T : HcsDocument => (T)Read(typeof(T), json);

    /// <summary>Reads a document of a type that is known only at run time.</summary>
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
    /// True for every exception that the reader throws for a text. An unpaired surrogate, raw or escaped, causes
    /// exceptions of its own.
    /// </summary>
    internal static bool IsUnreadable(Exception e) =>
        e is JsonException or ArgumentException or InvalidOperationException or FormatException;

    /// <summary>Reads the members that fit and leaves out the rest; null when the text is not a JSON object.</summary>
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

    /// <summary>Parses the text.</summary>
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
    /// Refuses an unpaired surrogate, which in a member without a property would be found only when the document is
    /// written.
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

    /// <summary>
    /// Reads a list item by item: the text after an item is read only when the caller asks for the next one.
    /// </summary>
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
