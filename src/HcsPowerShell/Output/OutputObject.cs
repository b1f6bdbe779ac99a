using System;
using System.Linq;
using System.Management.Automation;

namespace HcsPowerShell;

/// <summary>
/// Recognizes output objects of the commands (containers, processes, samples, events): live, deserialized or copied by
/// Select-Object.
/// </summary>
internal static class OutputObject
{
    // The type name prefixes of deserialized objects, and of the copies that Select-Object makes.
    private static readonly string[] s_prefixes = ["Deserialized.", "Selected."];

    private static readonly string s_start = typeof(HcsContainer).Namespace + ".Hcs";

    /// <summary>The class name of an output object, without namespace; null for any other object.</summary>
    public static string? TypeNameOf(object value)
    {
        string name = WithoutPrefix(PSObject.AsPSObject(value).TypeNames[0]);
        return name.StartsWith(s_start, StringComparison.Ordinal)
            ? ComputerColumn.Off(name).Substring(name.LastIndexOf('.') + 1)
            : null;
    }

    /// <summary>
    /// True for an object of a class, or of one that inherits from it: live, deserialized or copied by Select-Object.
    /// </summary>
    /// <remarks>A copy has the properties that the user selected, so that each of them may be missing.</remarks>
    public static bool IsOf(object value, Type type) =>
        PSObject.AsPSObject(value).TypeNames.Any(name => WithoutPrefix(name) == type.FullName);

    private static string WithoutPrefix(string name)
    {
        while (s_prefixes.FirstOrDefault(prefix => name.StartsWith(prefix, StringComparison.Ordinal)) is { } prefix)
        {
            name = name.Substring(prefix.Length);
        }

        return name;
    }
}
