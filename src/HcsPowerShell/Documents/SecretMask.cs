using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Documents;

/// <summary>Writes a document so that it can be shown: secrets are masked at any depth.</summary>
/// <remarks>
/// Credentials, environment variables and user names are masked in documents of both schemas. Each text is masked in
/// content that the caller defines: the settings of a change, an OCI specification, and members that the document does
/// not know.
/// </remarks>
internal static class SecretMask
{
    private const string Masked = "***";

    private static readonly string[] s_secrets =
        ["Credentials", "ContainerCredentialGuard", "Environment", "User", "UserName"];

    private static readonly string[] s_own = ["Settings", "OCISpecification"];

    private static readonly JsonWriterOptions s_readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="document">The document.</param>
    /// <param name="type">Its class.</param>
    public static string Show(string document, Type type)
    {
        using JsonDocument json = JsonDocument.Parse(document);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, s_readable))
        {
            Write(writer, json.RootElement, type, isOwn: false);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    // Without a type, only member names identify secrets. In content that the caller defines, each text counts as a
    // secret.
    private static void Write(Utf8JsonWriter writer, JsonElement json, Type? type, bool isOwn)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                JsonPropertyInfo[]? members = typeof(HcsDocument).IsAssignableFrom(type)
                    ? [.. HcsJson.TypeInfo(type!).Properties.Where(member => !member.IsExtensionData)]
                    : null;
                writer.WriteStartObject();
                foreach (JsonProperty member in json.EnumerateObject())
                {
                    WriteMember(writer, member, members, isOwn);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in json.EnumerateArray())
                {
                    Write(writer, item, type?.IsArray == true ? type.GetElementType() : null, isOwn);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String when isOwn:
                writer.WriteStringValue(Masked);
                break;
            default:
                json.WriteTo(writer);
                break;
        }
    }

    private static void WriteMember(
        Utf8JsonWriter writer, JsonProperty member, IReadOnlyList<JsonPropertyInfo>? members, bool isOwn)
    {
        JsonPropertyInfo? known = members?.FirstOrDefault(m => Is(m.Name, member.Name));
        writer.WritePropertyName(member.Name);
        if (s_secrets.Any(name => Is(name, member.Name)) && member.Value.ValueKind != JsonValueKind.Null)
        {
            writer.WriteStringValue(Masked);
        }
        else
        {
            bool isUnknown = members is not null && known is null;
            Write(
                writer,
                member.Value,
                known?.PropertyType,
                isOwn || isUnknown || (members is not null && s_own.Any(name => Is(name, member.Name))));
        }
    }

    private static bool Is(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);
}
