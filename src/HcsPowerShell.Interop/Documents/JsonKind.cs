using System;
using System.Collections.Generic;
using System.Text.Json;

namespace HcsPowerShell.Interop.Documents;

/// <summary>The kind of JSON value that a member of a document takes.</summary>
internal static class JsonKind
{
    /// <summary>True when the value itself fits; the content of a list, a map or a document is not checked.</summary>
    public static bool Fits(Type type, JsonElement json)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(RawJson) || json.ValueKind switch
        {
            JsonValueKind.Null => !type.IsValueType || plain != type,
            JsonValueKind.String => plain == typeof(string)
                || (plain == typeof(DateTimeOffset) && json.TryGetDateTimeOffset(out _))
                || (plain.IsEnum && IsName(plain, json.GetString()!)),
            JsonValueKind.True or JsonValueKind.False => plain == typeof(bool),
            JsonValueKind.Number => IsNumber(plain, json),
            JsonValueKind.Array => plain.IsArray,
            _ => typeof(HcsDocument).IsAssignableFrom(plain) || ValuesOf(plain) is not null,
        };
    }

    /// <summary>Returns the type of the values of a map; null for any other type.</summary>
    public static Type? ValuesOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Dictionary<,>) ? type.GetGenericArguments()[1] : null;

    /// <summary>Describes in words the values that a member takes.</summary>
    public static string Expected(Type type)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain == typeof(string) ? "a text"
            : plain == typeof(bool) ? "true or false"
            : plain == typeof(DateTimeOffset) ? "a time (RFC 3339)"
            : plain.IsArray ? "a list"
            : plain.IsEnum ? $"a number or a name ({string.Join(", ", Enum.GetNames(plain))})"
            : plain.IsPrimitive ? $"a whole number from {Limit(plain, "MinValue")} to {Limit(plain, "MaxValue")}"
            : "an object";
    }

    /// <summary>Describes a value in words. A text is not shown: it may be a secret.</summary>
    public static string Of(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => "a text",
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        _ => json.GetRawText(),
    };

    private static bool IsNumber(Type type, JsonElement json) => Type.GetTypeCode(type) switch
    {
        TypeCode.Byte => json.TryGetByte(out _),
        TypeCode.UInt16 => json.TryGetUInt16(out _),
        TypeCode.Int32 => json.TryGetInt32(out _),
        TypeCode.UInt32 => json.TryGetUInt32(out _),
        TypeCode.Int64 => json.TryGetInt64(out _),
        TypeCode.UInt64 => json.TryGetUInt64(out _),
        _ => false,
    };

    private static bool IsName(Type type, string text)
    {
        try
        {
            _ = Enum.Parse(type, text, ignoreCase: true);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or OverflowException)
        {
            return false;
        }
    }

    private static object? Limit(Type number, string field) => number.GetField(field)?.GetValue(null);
}
