using System.Collections.Generic;
using System.Management.Automation;
using System.Text.RegularExpressions;
using HcsPowerShell.Documents;

namespace HcsPowerShell.Targets;

/// <summary>Distinguishes a pattern from an id.</summary>
internal static class IdPattern
{
    /// <summary>The pattern that only this text matches.</summary>
    /// <remarks>
    /// In older versions of PowerShell, <see cref="WildcardPattern.Escape"/> does not escape the escape character.
    /// </remarks>
    public static string Escape(string text) => Regex.Replace(text, @"[`*?\[\]]", "`$0");

    /// <summary>The verbose message that names the containers that a pattern matches.</summary>
    public static string Meaning(string pattern, IEnumerable<string> ids) =>
        string.Join("', '", ids) is { Length: > 0 } list
            ? $"No container has the id '{pattern}'; as a pattern it matches '{list}'."
            : $"No container has the id '{pattern}', and none matches it as a pattern.";

    /// <summary>A pattern for ids, names and owners: it ignores case, and is the same in every culture.</summary>
    public static WildcardPattern Of(string text) =>
        new(text, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);

    /// <summary>The pattern, or null when the text can only be an id.</summary>
    public static WildcardPattern? Parse(string text)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(text) || ConfigurationText.IsDocument(text))
        {
            return null;
        }

        try
        {
            WildcardPattern pattern = Of(text);
            pattern.IsMatch(text);
            return pattern;
        }
        catch (WildcardPatternException)
        {
            // A bracket that is not closed is valid in an id.
            return null;
        }
    }
}
