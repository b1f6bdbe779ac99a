using System;
using System.Collections.Specialized;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Documents;

/// <summary>
/// A configuration from the pipeline. A row of Import-Csv, or any other object with properties, holds parameters of
/// New-HcsContainer beside the members of the configuration, and may hold every value as text.
/// </summary>
/// <param name="Configuration">The configuration without the parameters.</param>
/// <param name="Id">The id of the container, if the row has one.</param>
/// <param name="SchemaVersion">The schema version to send, if the row has one.</param>
/// <param name="Start">True to start the container as well, if the row tells.</param>
/// <param name="TimeoutSec">The time limit in seconds, if the row has one.</param>
internal sealed record ConfigurationRow(
    object Configuration, string? Id = null, SchemaVersion? SchemaVersion = null, bool? Start = null, int? TimeoutSec = null)
{
    private const char ListSeparator = ';';

    /// <exception cref="HcsDocumentException">A column does not have a value of its kind.</exception>
    public static ConfigurationRow Of(object value)
    {
        if (DocumentReader.Plain(value) is not PSObject row)
        {
            return new ConfigurationRow(value);
        }

        var members = new OrderedDictionary();
        var parameters = new ConfigurationRow(members);
        foreach (PSPropertyInfo column in row.Properties.Where(property => property.IsGettable))
        {
            object? cell = column.Value is { } given ? DocumentReader.Plain(given) : null;
            if (parameters.With(column.Name, cell) is { } more)
            {
                parameters = more;
            }
            else if (cell is string text)
            {
                AddText(members, column.Name, text);
            }
            else
            {
                members[column.Name] = column.Value;
            }
        }

        return parameters;
    }

    /// <summary>The row with one more parameter; null for a column that is a member of the configuration.</summary>
    private ConfigurationRow? With(string name, object? cell) => name.ToUpperInvariant() switch
    {
        "ID" => this with { Id = Text(cell) },
        "START" => this with
        {
            Start = Read<bool?>(name, cell, text => bool.TryParse(text, out bool start) ? start : null, "true or false"),
        },
        "TIMEOUTSEC" => this with { TimeoutSec = Read(name, cell, Seconds, "a number of seconds from 0") },
        "SCHEMAVERSION" when cell is null or string or ValueType => this with
        {
            SchemaVersion = Read(name, cell, SchemaVersionTransformationAttribute.Parse, "a schema version such as 1 or 2.3"),
        },
        _ => null,
    };

    private static string? Text(object? cell) =>
        Convert.ToString(cell, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null;

    private static T? Read<T>(string name, object? cell, Func<string, T?> read, string expected) =>
        Text(cell) is not { } text ? default
        : read(text) ?? throw new HcsDocumentException(name, $"'{text}' is not {expected}");

    private static int? Seconds(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds <= int.MaxValue / 1000
            ? seconds
            : null;

    private static void AddText(OrderedDictionary members, string name, string text)
    {
        Type type = HcsJson.TypeInfo(typeof(ContainerConfig)).Properties
            .FirstOrDefault(member => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.PropertyType ?? typeof(string);
        if (type == typeof(string) || text.Length > 0)
        {
            members[name] = ValueOf(type, name, text);
        }
    }

    /// <summary>The value of a member; the text itself when it is none, so that the check of the document says so.</summary>
    private static object ValueOf(Type type, string name, string text) =>
        type == typeof(string) ? text
        : ConfigurationText.IsDocument(text) ? RawDocument.Read(text, name)
        : type == typeof(bool) ? bool.TryParse(text, out bool flag) ? flag : text
        : type.IsPrimitive
            ? decimal.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal number) ? number : text
        : type == typeof(string[]) ? text.Split(ListSeparator)
        : type == typeof(MappedDir[]) ? text.Split(ListSeparator).Select(ShortForm.MappedDir).ToArray()
        : type == typeof(MappedPipe[]) ? text.Split(ListSeparator).Select(ShortForm.MappedPipe).ToArray()
        : text;
}
