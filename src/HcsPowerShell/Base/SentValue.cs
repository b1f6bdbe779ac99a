using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Text;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Base;

/// <summary>
/// Writes a value so that the same parameter takes it on another computer. The engine sends the properties of an object, and
/// those of its properties no more.
/// </summary>
internal static class SentValue
{
    public static object? Of(object? value) => value.Unwrap() switch
    {
        string text => NamedObject.Of(text) is { IsText: false } named ? Identity(named, text) : text,
        HcsHost host => Host(host),
        Enum or IPAddress or Version => value!.ToString(),
        Encoding encoding => encoding.WebName,
        HcsDocument document => HcsJson.Reproduce(document),
        byte[] => value,
        object?[] list => list.Select(Of).ToArray(),
        Array { Length: > 0 } list when list.GetValue(0) is Enum => list.Cast<object>().Select(Of).ToArray(),
        _ => value,
    };

    /// <summary>The properties that an input object had, as an object.</summary>
    public static object Row(IEnumerable<KeyValuePair<string, object?>> properties)
    {
        var row = new PSObject();
        foreach (KeyValuePair<string, object?> property in properties)
        {
            object? value = property.Value.Unwrap() is IList { Count: 1 } list ? list[0] : property.Value;
            if (value.Unwrap() is string text && NamedObject.Of(text) is { IsText: false } named)
            {
                Add(row, named);
                value = text;
            }

            row.Properties.Add(new PSNoteProperty(property.Key, Of(value is string plain ? new string(plain.ToCharArray()) : value)));
        }

        return row;
    }

    private static PSObject Identity(NamedObject named, string id)
    {
        var row = new PSObject();
        row.Properties.Add(new PSNoteProperty("Id", new string(id.ToCharArray())));
        Add(row, named);
        if (named.Class is { } type)
        {
            row.TypeNames.Insert(0, type.FullName);
        }

        if (named.ProcessId is { } process)
        {
            row.Properties.Add(new PSNoteProperty("ProcessId", process));
        }

        return row;
    }

    private static PSObject Host(HcsHost host)
    {
        var row = new PSObject();
        row.Properties.Add(new PSNoteProperty("Name", host.Name));
        row.Properties.Add(new PSNoteProperty("HostInstance", host.HostInstance));
        return row;
    }

    private static void Add(PSObject row, NamedObject named)
    {
        if (row.Properties["HostInstance"] is null)
        {
            row.Properties.Add(new PSNoteProperty("HcsHost", named.Host.Name));
            row.Properties.Add(new PSNoteProperty("HostInstance", named.Host.HostInstance));
        }
    }
}
