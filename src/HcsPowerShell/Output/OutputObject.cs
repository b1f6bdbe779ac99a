using System;
using System.Linq;
using System.Management.Automation;

namespace HcsPowerShell;

/// <summary>Tells what the commands put out (containers, processes, samples, events), live, deserialized or as Select-Object copies it.</summary>
internal static class OutputObject
{
    // Of an object that was handed over, and of one that Select-Object made of another.
    private static readonly string[] s_prefixes = ["Deserialized.", "Selected."];

    private static readonly string s_start = typeof(HcsContainer).Namespace + ".Hcs";

    /// <summary>Name of its class, without namespace; null for any other object.</summary>
    public static string? TypeNameOf(object value)
    {
        string name = PSObject.AsPSObject(value).TypeNames[0];
        while (s_prefixes.FirstOrDefault(prefix => name.StartsWith(prefix, StringComparison.Ordinal)) is { } prefix)
        {
            name = name.Substring(prefix.Length);
        }

        return name.StartsWith(s_start, StringComparison.Ordinal) ? name.Substring(name.LastIndexOf('.') + 1) : null;
    }
}
