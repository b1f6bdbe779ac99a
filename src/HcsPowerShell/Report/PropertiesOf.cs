using System;
using System.Management.Automation;

namespace HcsPowerShell.Report;

/// <summary>Reads the properties of an object of this module, live or deserialized.</summary>
internal sealed class PropertiesOf(PSObject value)
{
    public string? Text(string name) => value.Properties[name]?.Value?.ToString();

    /// <summary>The value; null when the object does not have it, or when it does not convert.</summary>
    public T? Find<T>(string name)
        where T : struct =>
        value.Properties[name]?.Value is { } found && LanguagePrimitives.TryConvertTo(found, out T read) ? read : null;

    /// <summary>A time. In a deserialized object, a time is an object with its parts.</summary>
    public DateTimeOffset? Time(string name) =>
        Find<DateTimeOffset>(name) is { } alive ? alive
        : value.Properties[name]?.Value is { } parts
            && PSObject.AsPSObject(parts).Properties[nameof(DateTimeOffset.UtcDateTime)]?.Value is DateTime utc
                ? new DateTimeOffset(utc).ToLocalTime()
                : null;

    public static bool Is<T>(PSObject value) =>
        value.BaseObject is T || value.TypeNames.Contains("Deserialized." + typeof(T).FullName);
}
