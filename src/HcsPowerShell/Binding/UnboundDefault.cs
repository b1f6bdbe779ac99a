using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;

namespace HcsPowerShell.Binding;

/// <summary>
/// Finds a value in $PSDefaultParameterValues that the engine could not bind to a parameter of a command.
/// </summary>
/// <remarks>
/// The engine ignores such a value with a warning. Without its filter, a command would act on everything; without its
/// host, it would use the current host.
/// </remarks>
internal static class UnboundDefault
{
    /// <summary>The name of the parameter; null when the engine has bound every value that applies.</summary>
    public static string? In(PSCmdlet cmdlet) =>
        cmdlet.GetVariableValue("PSDefaultParameterValues") is not IDictionary { Count: > 0 } values
        || LanguagePrimitives.IsTrue(values["Disabled"])
            ? null
            : cmdlet.MyInvocation.MyCommand.Parameters.Values
                .Where(IsOwnAndInEverySet)
                .Where(parameter => !cmdlet.MyInvocation.BoundParameters.ContainsKey(parameter.Name))
                .FirstOrDefault(parameter => values.Keys.OfType<string>().Any(key => IsFor(key, cmdlet, parameter)))?.Name;

    private static bool IsOwnAndInEverySet(ParameterMetadata parameter) =>
        parameter.ParameterSets.ContainsKey(ParameterAttribute.AllParameterSets)
        && !Cmdlet.CommonParameters.Contains(parameter.Name)
        && !Cmdlet.OptionalCommonParameters.Contains(parameter.Name);

    private static bool IsFor(string key, PSCmdlet cmdlet, ParameterMetadata parameter)
    {
        int colon = key.IndexOf(':');
        return colon > 0
            && Matches(key.Substring(0, colon), cmdlet.MyInvocation.MyCommand.Name)
            && parameter.Aliases.Append(parameter.Name).Any(name => Matches(key.Substring(colon + 1), name));
    }

    private static bool Matches(string pattern, string name)
    {
        string text = pattern.Trim().Trim('"', '\'');
        return WildcardPattern.ContainsWildcardCharacters(text)
            ? new WildcardPattern(text, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant).IsMatch(name)
            : text.Equals(name, StringComparison.OrdinalIgnoreCase);
    }
}
