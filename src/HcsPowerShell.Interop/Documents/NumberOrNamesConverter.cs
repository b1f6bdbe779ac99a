using System;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HcsPowerShell.Interop.Documents;

/// <summary>
/// Reads an enumeration as a number or as names with commas, because the service writes either, and writes the number.
/// </summary>
internal sealed class NumberOrNamesConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.Number when reader.TryGetInt32(out int number) => (T)Enum.ToObject(typeof(T), number),
            JsonTokenType.String when Enum.TryParse(reader.GetString(), ignoreCase: true, out T value) => value,
            _ => throw new JsonException(),
        };

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(Convert.ToInt32(value, null));
}
