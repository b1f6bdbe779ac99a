using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace HcsPowerShell.Base;

/// <summary>Builds the line that the user would type where the target of a command lives.</summary>
internal static class TypedLine
{
    // Parameters that the line names separately, or that are of no use elsewhere.
    private static readonly HashSet<string> s_left = new(
        Cmdlet.CommonParameters.Concat(Cmdlet.OptionalCommonParameters)
            .Concat(["Container", "Id", "Process", "ContainerId", "ProcessId", "HcsHost", "InputObject", "AsJob"]),
        StringComparer.OrdinalIgnoreCase);

    // Parameters that may hold secrets.
    private static readonly HashSet<string> s_hidden = new(
        ["Credentials", "AdditionalJson", "Configuration", "Request", "Settings"], StringComparer.OrdinalIgnoreCase);

    /// <param name="invocation">The command with its arguments.</param>
    /// <param name="target">The parameters that name the target.</param>
    public static string Of(InvocationInfo invocation, string target)
    {
        IEnumerable<string> others = invocation.BoundParameters
            .Where(given => !s_left.Contains(given.Key) && given.Value is not HcsLayer[])
            .Select(given => Argument(given.Key, given.Value));
        return string.Join(" ", new[] { invocation.MyCommand.Name, target }.Concat(others).Where(part => part.Length > 0));
    }

    /// <summary>The parameter that names containers; empty when there are none.</summary>
    public static string Ids(IEnumerable<HcsContainer> containers, IEnumerable<string> ids)
    {
        string[] all = [.. containers.Select(container => container.Id).Concat(ids).Select(Quote)];
        return all.Length == 0 ? string.Empty : $"-Id {string.Join(", ", all)}";
    }

    /// <summary>The text in single quotation marks.</summary>
    public static string Quote(string text) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";

    // A value that cannot be typed becomes a placeholder, so that the user does not run the line without it by
    // accident.
    private static string Argument(string name, object? value) => value switch
    {
        _ when s_hidden.Contains(name) => $"-{name} <{name}>",
        SwitchParameter given => given ? $"-{name}" : $"-{name}:$false",
        string text => $"-{name} {Quote(text)}",
        HcsHost[] { Length: 1 } hosts => $"-{name} {Quote(hosts[0].Name)}",
        string[] texts => $"-{name} {string.Join(", ", texts.Select(Quote))}",
        Enum or ValueType and IConvertible => $"-{name} {Convert.ToString(value, CultureInfo.InvariantCulture)}",
        _ => $"-{name} <{name}>",
    };
}
