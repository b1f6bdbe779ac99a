using System;
using System.Text.Json;
using HcsPowerShell.Interop.Documents.Rules;

namespace HcsPowerShell.Interop.Documents;

/// <summary>A document that cannot be read: where in it, and why.</summary>
public sealed class HcsDocumentException : Exception
{
    /// <summary>Names the place and the reason.</summary>
    public HcsDocumentException(string path, string reason, Exception? inner = null)
        : base(path + ": " + reason, inner)
    {
        Path = path;
        Reason = reason;
    }

    /// <summary>JSON path of the member, <c>$</c> for the whole document.</summary>
    public string Path { get; }

    /// <summary>What is wrong with it.</summary>
    public string Reason { get; }

    /// <param name="e">What the reader threw.</param>
    /// <param name="document">The class that was read; null when the text could not even become one.</param>
    /// <param name="json">The text.</param>
    internal static HcsDocumentException From(JsonException e, Type? document, string json)
    {
        string path = string.IsNullOrEmpty(e.Path) ? "$" : e.Path!;
        string place = e.LineNumber is { } line && e.BytePositionInLine is { } column
            ? $" (line {line + 1}, column {column + 1})"
            : string.Empty;
        return new HcsDocumentException(path, Explain(document, json, path) + place, e);
    }

    private static string Explain(Type? document, string json, string path)
    {
        try
        {
            using JsonDocument parsed = JsonDocument.Parse(json);
            return (document is null ? null : DocumentShape.MisfitAt(path, document, parsed.RootElement))
                ?? "a value of another type was expected";
        }
        catch (JsonException)
        {
            return "the text is not valid JSON";
        }
    }
}
