using System.Collections;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Internal;

namespace HcsPowerShell.Binding;

/// <summary>Tells a null that was given for a parameter, alone or in a list.</summary>
internal static class GivenNull
{
    /// <remarks>
    /// Members of a hashtable may be null. What is enumerated only once is left for the command. An array of numbers
    /// holds no null, and may be large.
    /// </remarks>
    public static bool IsIn(object? value) => Unwrap(value) switch
    {
        null => true,
        IDictionary => false,
        object?[] list => list.Any(IsNull),
        System.Array => false,
        ICollection list => list.Cast<object?>().Any(IsNull),
        _ => false,
    };

    private static bool IsNull(object? value) => Unwrap(value) is null;

    private static object? Unwrap(object? value) =>
        value == AutomationNull.Value ? null
        : value is PSObject wrapped ? wrapped.BaseObject
        : value;
}
