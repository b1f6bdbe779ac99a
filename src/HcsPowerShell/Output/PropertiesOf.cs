using System;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell;

/// <summary>Reads the properties of an object of this module, live or deserialized.</summary>
internal sealed class PropertiesOf(PSObject value)
{
    public string? Text(string name) => value.Properties[name]?.Value?.ToString() is { Length: > 0 } text ? text : null;

    /// <summary>The value; null when the object does not have it, or when it does not convert.</summary>
    public T? Find<T>(string name)
        where T : struct =>
        value.Properties[name]?.Value is { } found && LanguagePrimitives.TryConvertTo(found, out T read) ? read : null;

    /// <summary>A time. In a deserialized object, a time is an object with its parts, or text.</summary>
    public DateTimeOffset? Time(string name) =>
        Find<DateTimeOffset>(name) is { } alive ? alive
        : value.Properties[name]?.Value is { } parts
            && PSObject.AsPSObject(parts).Properties[nameof(DateTimeOffset.UtcDateTime)]?.Value is DateTime utc
                ? new DateTimeOffset(utc).ToLocalTime()
                : null;

    public Version? Version(string name) => System.Version.TryParse(Text(name), out Version? version) ? version : null;

    public string[] List(string name) =>
    [
        .. (LanguagePrimitives.GetEnumerable(value.Properties[name]?.Value) ?? Array.Empty<object>()).Cast<object?>()
            .Select(item => Convert.ToString(item, CultureInfo.InvariantCulture) ?? string.Empty),
    ];

    /// <summary>The document of the service; null without one that can be read.</summary>
    public T? Document<T>()
        where T : HcsDocument =>
        Text("Document") is { } document ? HcsJson.ReadFitting<T>(document) : null;
}
