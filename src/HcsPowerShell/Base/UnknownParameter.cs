using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace HcsPowerShell.Base;

/// <summary>
/// Finds the name of a parameter that a command does not have. The engine passes it on as one of the remaining
/// arguments, where it would become an argument of a program.
/// </summary>
internal static class UnknownParameter
{
    /// <summary>
    /// The name, as the user wrote it at the command or in a splatted hashtable; null when there is none. What follows
    /// <c>--</c>, stands in quotation marks or comes from a splatted list is an argument.
    /// </summary>
    /// <param name="command">The command.</param>
    /// <param name="remaining">Its remaining arguments.</param>
    public static string? In(PSCmdlet command, IEnumerable<string?>? remaining)
    {
        string[] names =
        [
            .. (remaining ?? []).OfType<string>().Where(text => text.Length > 1 && text[0] == '-')
                .Select(text => text.Substring(1).TrimEnd(':')),
        ];
        if (names.Length == 0)
        {
            return null;
        }

        CommandAst[] typed = [.. Typed(command.MyInvocation)];
        return names.FirstOrDefault(name => typed.Any(line => line.CommandElements.Any(element => element switch
        {
            CommandParameterAst parameter => Is(parameter.ParameterName, name),
            VariableExpressionAst { Splatted: true } splatted =>
                command.GetVariableValue(splatted.VariablePath.UserPath) is IDictionary map
                && map.Keys.Cast<object>().Any(key => Is(key.ToString(), name)),
            _ => false,
        })));
    }

    /// <summary>The commands of this name, or named by a variable, in the statement that the user typed.</summary>
    private static IEnumerable<CommandAst> Typed(InvocationInfo invocation)
    {
        // Windows PowerShell knows the line alone.
        string text = PSObject.AsPSObject(invocation).Properties["Statement"]?.Value as string ?? invocation.Line;
        return Parser.ParseInput(text ?? string.Empty, out _, out _)
            .FindAll(ast => ast is CommandAst, searchNestedScriptBlocks: true)
            .Cast<CommandAst>()
            .Where(command => command.GetCommandName() is not { } name || Is(name, invocation.InvocationName));
    }

    private static bool Is(string? name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);
}
