using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace HcsPowerShell.Interop.Tests.Schema;

/// <summary>Describes the published type of a member in the notation that is also used for the classes.</summary>
internal static class PublishedType
{
    /// <summary>
    /// Returns the type, such as <c>uint32</c>, <c>[string]</c>, <c>{PropertyResponse}</c> or the name of a definition.
    /// </summary>
    public static string Of(JsonElement member, JsonElement definitions) =>
        member.TryGetProperty("items", out JsonElement items) ? $"[{Of(items, definitions)}]"
        : member.TryGetProperty("additionalProperties", out JsonElement values) ? $"{{{Of(values, definitions)}}}"
        : Reference(member) is { } name && !IsEnumeration(definitions, name) ? name
        : Text(member, "format") is { } format && format is not ("byte" or "binary") ? format
        : Text(member, "type") ?? "string";

    /// <summary>
    /// Returns the values of an enumeration, with the documented name for the empty value; null for other types.
    /// </summary>
    public static string[]? Values(JsonElement member, JsonElement definitions)
    {
        JsonElement one = member.TryGetProperty("items", out JsonElement items) ? items : member;
        return Reference(one) is { } name && IsEnumeration(definitions, name)
            ? [.. Strings(definitions.GetProperty(name).GetProperty("enum")).Select(v => v.Length > 0 ? v : Unset(name))]
            : null;
    }

    private static string Unset(string enumeration) => enumeration switch
    {
        "CacheMode" => "Unspecified",
        "OsType" => "Unknown",
        _ => throw new InvalidOperationException($"What is the empty value of {enumeration} called?"),
    };

    private static bool IsEnumeration(JsonElement definitions, string name) =>
        definitions.TryGetProperty(name, out JsonElement definition) && definition.TryGetProperty("enum", out _);

    private static string? Reference(JsonElement member) => Text(member, "$ref")?.Split('/')[^1];

    private static string? Text(JsonElement member, string name) =>
        member.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static IEnumerable<string> Strings(JsonElement list) => list.EnumerateArray().Select(v => v.GetString()!);
}
