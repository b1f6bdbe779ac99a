using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Interop.Tests;

/// <summary>
/// Tests, for each member of every document, that an unset member is omitted or written as the zero that Go has for its
/// type.
/// </summary>
public sealed class ZeroTests
{
    // In Go these are a slice, a raw message and pointers, whose zero is null.
    private static readonly string[] s_writtenAsNull =
    [
        "ContainerConfig.Layers", "ResourceModificationRequestResponse.Settings", "ComputeSystem.SchemaVersion",
        "HostedSystem.SchemaVersion",
    ];

    private static readonly Type[] s_documents =
    [
        .. typeof(HcsDocument).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(HcsDocument)) && !type.IsAbstract),
    ];

    public static TheoryData<string> Written => [.. Members(isWritten: true)];

    public static TheoryData<string> LeftOut => [.. Members(isWritten: false)];

    [Theory]
    [MemberData(nameof(Written))]
    public void A_member_that_is_always_written_is_written_as_its_zero(string member)
    {
        (HcsDocument document, JsonPropertyInfo property) = Find(member);
        if (!IsValue(property))
        {
            property.Set!(document, null);
        }

        Assert.Equal(
            s_writtenAsNull.Contains(member) ? "null" : ZeroOf(property.PropertyType),
            Write(document).GetProperty(property.Name).GetRawText());
    }

    [Theory]
    [MemberData(nameof(LeftOut))]
    public void Any_other_member_is_left_out_while_it_is_empty(string member)
    {
        (HcsDocument document, JsonPropertyInfo property) = Find(member);
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        object? empty = type == typeof(string) ? string.Empty
            : type == typeof(DateTimeOffset) ? null
            : type.IsArray ? Array.CreateInstance(type.GetElementType()!, 0)
            : typeof(HcsDocument).IsAssignableFrom(type) || type == typeof(RawJson) ? null
            : Activator.CreateInstance(type);
        foreach (object? value in new[] { empty, IsValue(property) ? empty : null })
        {
            property.Set!(document, value);
            Assert.False(Write(document).TryGetProperty(property.Name, out _));
        }
    }

    private static string ZeroOf(Type type) => type switch
    {
        _ when type == typeof(string) => "\"\"",
        _ when type == typeof(bool) => "false",
        _ when type == typeof(uint[]) => "[0,0]",
        _ when Nullable.GetUnderlyingType(type) == typeof(DateTimeOffset) => "\"0001-01-01T00:00:00Z\"",
        _ when type.IsValueType => "0",
        _ => HcsJson.Write((HcsDocument)Activator.CreateInstance(type)!),
    };

    private static IEnumerable<string> Members(bool isWritten) =>
        from type in s_documents
        from property in Properties(type)
        where IsWritten(type, property) == isWritten
        select $"{type.Name}.{property.Name}";

    private static (HcsDocument Document, JsonPropertyInfo Property) Find(string member)
    {
        string[] path = member.Split('.');
        Type type = s_documents.Single(document => document.Name == path[0]);
        return ((HcsDocument)Activator.CreateInstance(type)!, Properties(type).Single(p => p.Name == path[1]));
    }

    private static IEnumerable<JsonPropertyInfo> Properties(Type type) =>
        HcsJson.TypeInfo(type).Properties.Where(p => !p.IsExtensionData && p.Get is not null && p.Set is not null);

    /// <summary>Decides by the attribute in the source, not by the result of the writer.</summary>
    private static bool IsWritten(Type type, JsonPropertyInfo property) =>
        type.GetProperty(property.Name)?.GetCustomAttributes(typeof(JsonIgnoreAttribute), false)
            is [JsonIgnoreAttribute { Condition: JsonIgnoreCondition.Never }];

    private static bool IsValue(JsonPropertyInfo property) =>
        property.PropertyType.IsValueType && Nullable.GetUnderlyingType(property.PropertyType) is null;

    private static JsonElement Write(HcsDocument document) => JsonDocument.Parse(HcsJson.Write(document)).RootElement;
}
