using System;
using System.Management.Automation;

namespace HcsPowerShell;

/// <summary>Tells what the commands put out (containers, processes, samples, events), live or deserialized.</summary>
internal static class OutputObject
{
    private const string Deserialized = "Deserialized.";

    private static readonly string s_start = typeof(HcsContainer).Namespace + ".Hcs";

    /// <summary>Name of its class, without namespace; null for any other object.</summary>
    public static string? TypeNameOf(object value)
    {
        string name = PSObject.AsPSObject(value).TypeNames[0];
        name = name.StartsWith(Deserialized, StringComparison.Ordinal) ? name.Substring(Deserialized.Length) : name;
        return name.StartsWith(s_start, StringComparison.Ordinal) ? name.Substring(name.LastIndexOf('.') + 1) : null;
    }
}
