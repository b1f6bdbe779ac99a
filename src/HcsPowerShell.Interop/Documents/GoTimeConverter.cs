using System;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HcsPowerShell.Interop.Documents;

/// <summary>
/// Converts a time as Go writes it: RFC 3339 in UTC, up to 7 decimals; the zero time stands for an unknown one.
/// </summary>
internal sealed class GoTimeConverter : JsonConverter<DateTimeOffset?>
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";

    public override bool HandleNull => true;

    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        DateTimeOffset time = reader.GetDateTimeOffset();
        return time.UtcDateTime == DateTime.MinValue ? null : time;
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options) =>
        writer.WriteStringValue(
            (value ?? DateTimeOffset.MinValue).UtcDateTime.ToString(Format, CultureInfo.InvariantCulture));
}
