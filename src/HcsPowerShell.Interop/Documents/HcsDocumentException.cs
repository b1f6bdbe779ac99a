using System;
using System.Text.Json;

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

    internal static HcsDocumentException From(JsonException e, string json)
    {
        string path = string.IsNullOrEmpty(e.Path) ? "$" : e.Path!;
        string place = e.LineNumber is { } line && e.BytePositionInLine is { } column
            ? $" (line {line + 1}, column {column + 1})"
            : string.Empty;
        bool isJson = IsJson(json);
        return new HcsDocumentException(
            path, (isJson ? "a value of another type was expected" : "the text is not valid JSON") + place, e);
    }

    private static bool IsJson(string json)
    {
        try
        {
            using JsonDocument parsed = JsonDocument.Parse(json);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
