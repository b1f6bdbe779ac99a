using System;
using System.Management.Automation;

namespace HcsPowerShell;

/// <summary>
/// Gives objects the type name that their table with a column for the computer is for: in front of their own, so that
/// everything else knows them as before.
/// </summary>
internal static class ComputerColumn
{
    private const string Suffix = "#Computer";

    /// <summary>The object; an output object has the type name from now on.</summary>
    public static object On(object value)
    {
        if (value is not (HcsOutput or PSObject { BaseObject: HcsOutput or PSCustomObject }))
        {
            return value;
        }

        var shown = PSObject.AsPSObject(value);
        string name = shown.TypeNames[0];
        if (OutputObject.TypeNameOf(shown) is not null && Off(name) == name)
        {
            shown.TypeNames.Insert(0, name + Suffix);
        }

        return shown;
    }

    /// <summary>The type name without the mark.</summary>
    public static string Off(string typeName) => typeName.EndsWith(Suffix, StringComparison.Ordinal)
        ? typeName.Substring(0, typeName.Length - Suffix.Length)
        : typeName;
}
