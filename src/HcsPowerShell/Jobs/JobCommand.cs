using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace HcsPowerShell.Jobs;

/// <summary>Writes a command as a job shows it; the line that the user typed may hold secrets.</summary>
internal static class JobCommand
{
    private const string Masked = "***";

    // Parameters that say which target a command acts on, and for how long. All others may hold text of the user.
    private static readonly HashSet<string> s_shown = new(StringComparer.OrdinalIgnoreCase)
    {
        "Container", "ContainerId", "HcsHost", "Id", "IntervalSec", "Name", "Process", "ProcessId", "RequestType",
        "ResourceType", "SampleCount", "TimeoutSec", "Type",
    };

    /// <summary>
    /// The name and the parameters of the command, with the values of the parameters above; all other values are
    /// masked.
    /// </summary>
    public static string Of(InvocationInfo invocation) => string.Join(
        " ", new[] { invocation.MyCommand.Name }.Concat(invocation.BoundParameters.Select(Show)));

    private static string Show(KeyValuePair<string, object> parameter) => parameter.Value switch
    {
        SwitchParameter { IsPresent: true } => "-" + parameter.Key,
        SwitchParameter => $"-{parameter.Key}:$false",
        _ => $"-{parameter.Key} {(s_shown.Contains(parameter.Key) ? Text(parameter.Value) : Masked)}",
    };

    private static string Text(object? value) => value is IEnumerable list and not string
        ? string.Join(", ", list.Cast<object?>().Select(Quote))
        : Quote(value);

    private static string Quote(object? value)
    {
        string text = VisibleText.OfName(value?.ToString()) ?? string.Empty;
        return text.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.') && text.Length > 0
            ? text
            : $"'{text.Replace("'", "''")}'";
    }
}
