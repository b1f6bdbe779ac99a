using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace HcsPowerShell.Base;

/// <summary>A command as a person would type it where its target lives.</summary>
internal static class TypedLine
{
    // Named again in the line, or of no use elsewhere.
    private static readonly HashSet<string> s_left = new(
        Cmdlet.CommonParameters.Concat(Cmdlet.OptionalCommonParameters)
            .Concat(["Container", "Id", "Process", "ContainerId", "ProcessId", "HcsHost", "InputObject", "AsJob"]),
        StringComparer.OrdinalIgnoreCase);

    // These may hold secrets.
    private static readonly HashSet<string> s_hidden = new(
        ["Credentials", "AdditionalJson", "Configuration", "Request", "Settings"], StringComparer.OrdinalIgnoreCase);

    /// <param name="invocation">The command with what it was given.</param>
    /// <param name="target">The parameters that name the target.</param>
    public static string Of(InvocationInfo invocation, string target)
    {
        IEnumerable<string> others = invocation.BoundParameters
            .Where(given => !s_left.Contains(given.Key))
            .Select(given => Argument(given.Key, given.Value));
        return string.Join(" ", new[] { invocation.MyCommand.Name, target }.Concat(others).Where(part => part.Length > 0));
    }

    /// <summary>A text in quotation marks.</summary>
    public static string Quote(string text) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";

    // What cannot be typed as it is stays to be filled in: the line is not run without it by accident.
    private static string Argument(string name, object? value) => value switch
    {
        _ when s_hidden.Contains(name) => $"-{name} <{name}>",
        SwitchParameter given => given ? $"-{name}" : $"-{name}:$false",
        string or HcsHost => $"-{name} {Quote(value.ToString()!)}",
        string[] texts => $"-{name} {string.Join(", ", texts.Select(Quote))}",
        Enum or ValueType and IConvertible => $"-{name} {Convert.ToString(value, CultureInfo.InvariantCulture)}",
        _ => $"-{name} <{name}>",
    };
}
