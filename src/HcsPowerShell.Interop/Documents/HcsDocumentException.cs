using System;
using System.Text;
using System.Text.Json;

namespace HcsPowerShell.Interop.Documents;

/// <summary>A failure to read a document: the place in the document, and the reason.</summary>
public sealed class HcsDocumentException : Exception
{
    // The depth limit of a reader by default.
    private const int DeepestNesting = 64;

    private const string HalfCharacter = "a text holds an unpaired surrogate, which is half of a character";

    private static readonly JsonDocumentOptions s_anyDepth = new() { MaxDepth = int.MaxValue };

    /// <summary>Creates the exception from the place and the reason.</summary>
    public HcsDocumentException(string path, string reason, Exception? inner = null)
        : base(path + ": " + reason, inner)
    {
        Path = path;
        Reason = reason;
    }

    /// <summary>JSON path of the member, <c>$</c> for the whole document.</summary>
    public string Path { get; }

    /// <summary>The reason why the member cannot be read.</summary>
    public string Reason { get; }

    /// <param name="e">The exception that the reader threw.</param>
    /// <param name="document">The class that was read; null when the text was not yet read as one.</param>
    /// <param name="json">The text.</param>
    internal static HcsDocumentException From(Exception e, Type? document, string json)
    {
        var place = e as JsonException;
        string path = string.IsNullOrEmpty(place?.Path) ? "$" : place!.Path!;
        string where = place?.LineNumber is { } line && place.BytePositionInLine is { } column
            ? $" (line {line + 1}, column {column + 1})"
            : string.Empty;
        string reason = place is null ? HalfCharacter : Explain(document, json, path);
        return new HcsDocumentException(path, reason + where, e);
    }

    private static string Explain(Type? document, string json, string path)
    {
        try
        {
            using JsonDocument parsed = JsonDocument.Parse(json, s_anyDepth);
            return DepthOf(json) > DeepestNesting ? $"the document is nested more than {DeepestNesting} levels deep"
                : document is not null && DocumentShape.MisfitAt(path, document, parsed.RootElement) is { } misfit ? misfit
                : "a value of another type was expected";
        }
        catch (Exception e) when (HcsJson.IsUnreadable(e))
        {
            return string.IsNullOrWhiteSpace(json) ? "the text is empty"
                : e is JsonException ? "the text is not valid JSON"
                : HalfCharacter;
        }
    }

    private static int DepthOf(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), new JsonReaderOptions { MaxDepth = int.MaxValue });
        int deepest = 0;
        while (reader.Read())
        {
            bool opens = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
            deepest = Math.Max(deepest, reader.CurrentDepth + (opens ? 1 : 0));
        }

        return deepest;
    }
}
