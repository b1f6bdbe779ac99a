using System;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HcsPowerShell.Interop.Documents;

/// <summary>A JSON value of any shape, kept as the text it was read from.</summary>
[JsonConverter(typeof(RawJsonConverter))]
public sealed class RawJson
{
    /// <summary>Creates the value from a complete JSON text.</summary>
    /// <exception cref="FormatException">The text is not one JSON value.</exception>
    public RawJson(string json)
    {
        try
        {
            using JsonDocument parsed = HcsJson.Parse(json);
            Text = parsed.RootElement.GetRawText();
        }
        catch (HcsDocumentException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    /// <summary>The JSON text.</summary>
    public string Text { get; }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
