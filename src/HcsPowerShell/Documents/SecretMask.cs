using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace HcsPowerShell.Documents;

/// <summary>A document as it may be shown: credentials of either schema are masked, wherever they stand.</summary>
internal static class SecretMask
{
    private const string Masked = "***";

    private static readonly string[] s_secrets = ["Credentials", "ContainerCredentialGuard", "Environment"];

    private static readonly JsonWriterOptions s_readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Show(string document)
    {
        using JsonDocument json = JsonDocument.Parse(document);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, s_readable))
        {
            Write(writer, json.RootElement);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter writer, JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (JsonProperty member in json.EnumerateObject())
                {
                    WriteMember(writer, member);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in json.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                json.WriteTo(writer);
                break;
        }
    }

    private static void WriteMember(Utf8JsonWriter writer, JsonProperty member)
    {
        writer.WritePropertyName(member.Name);
        if (s_secrets.Contains(member.Name, StringComparer.OrdinalIgnoreCase) && member.Value.ValueKind != JsonValueKind.Null)
        {
            writer.WriteStringValue(Masked);
        }
        else
        {
            Write(writer, member.Value);
        }
    }
}
