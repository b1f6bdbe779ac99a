using System;
using System.Collections;
using System.Globalization;
using System.Linq;
using System.Text.Json.Serialization.Metadata;

namespace HcsPowerShell.Interop.Documents;

/// <summary>
/// The rules by which Go writes the documents that HCS was built for: a member that is marked as always written is
/// written even when it is empty; any other is left out when it is false, 0, "", null or an empty list or map.
/// </summary>
internal static class GoRules
{
    public static void Apply(JsonTypeInfo type)
    {
        if (!typeof(HcsDocument).IsAssignableFrom(type.Type))
        {
            return;
        }

        foreach (JsonPropertyInfo property in type.Properties.Where(p => !p.IsExtensionData).ToList())
        {
            // Only a property that carries a condition of its own (Never) has this delegate at this point.
            bool alwaysWritten = property.ShouldSerialize is not null;
            if (alwaysWritten)
            {
                WriteZeroForNull(property);
            }
            else if (!IsLeftOutAtZero(property.PropertyType))
            {
                property.ShouldSerialize = static (_, value) => !IsEmpty(value);
            }
        }

        GoFieldNames.AddTo(type);
    }

    /// <summary>Leaves out unknown values, even those that Go would write as a zero value.</summary>
    public static void OmitUnknown(JsonTypeInfo type)
    {
        foreach (JsonPropertyInfo property in type.Properties.Where(p => p.PropertyType == typeof(DateTimeOffset?)
            || !p.PropertyType.IsValueType))
        {
            property.ShouldSerialize = static (_, value) => value is not null;
        }
    }

    // The serializer itself leaves out 0 and false, and makes no object of each number for that.
    private static bool IsLeftOutAtZero(Type type) => type.IsPrimitive || type.IsEnum;

    private static void WriteZeroForNull(JsonPropertyInfo property)
    {
        Func<object, object?>? get = property.Get;
        object? zero = ZeroOf(property.PropertyType);
        if (get is not null && zero is not null)
        {
            property.Get = document => get(document) ?? zero;
        }
    }

    private static object? ZeroOf(Type type) =>
        type == typeof(string) ? string.Empty
        : type == typeof(uint[]) ? new uint[2]
        : type == typeof(Statistics) ? new Statistics()
        : type == typeof(MemoryStats) ? new MemoryStats()
        : type == typeof(ProcessorStats) ? new ProcessorStats()
        : type == typeof(StorageStats) ? new StorageStats()
        : null;

    /// <summary>True for a value that Go calls empty; a fixed array is empty when all its elements are.</summary>
    public static bool IsEmpty(object? value) => value switch
    {
        null => true,
        string text => text.Length == 0,
        uint[] fixedArray => fixedArray.All(n => n == 0),
        ICollection list => list.Count == 0,
        bool flag => !flag,
        IConvertible number => number.ToDecimal(CultureInfo.InvariantCulture) == 0,
        _ => false,
    };
}
