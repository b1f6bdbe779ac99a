using System.Collections;
using System.Linq;
using System.Management.Automation.Internal;
using HcsPowerShell.Hosts;

namespace HcsPowerShell.Binding;

/// <summary>Detects a null argument of a parameter, alone or in a list.</summary>
internal static class GivenNull
{
    /// <remarks>
    /// Members of a hashtable may be null. A sequence that can be enumerated only once is left to the command. An array
    /// of numbers contains no null and may be large, so it is not searched.
    /// </remarks>
    public static bool IsIn(object? value) => Given(value) switch
    {
        null => true,
        IDictionary => false,
        object?[] list => list.Any(IsNull),
        System.Array => false,
        ICollection list => list.Cast<object?>().Any(IsNull),
        _ => false,
    };

    private static bool IsNull(object? value) => Given(value) is null;

    private static object? Given(object? value) => value == AutomationNull.Value ? null : value.Unwrap();
}
