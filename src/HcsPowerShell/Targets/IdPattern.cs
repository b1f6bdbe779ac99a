using System.Management.Automation;
using System.Text.RegularExpressions;
using HcsPowerShell.Documents;

namespace HcsPowerShell.Targets;

/// <summary>Tells a pattern from an id.</summary>
internal static class IdPattern
{
    /// <summary>The pattern that only this text matches.</summary>
    /// <remarks><see cref="WildcardPattern.Escape"/> leaves the escape character alone in older versions of PowerShell.</remarks>
    public static string Escape(string text) => Regex.Replace(text, @"[`*?\[\]]", "`$0");

    /// <summary>The pattern, or null when the text can only be an id.</summary>
    public static WildcardPattern? Parse(string text)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(text) || ConfigurationText.IsDocument(text))
        {
            return null;
        }

        try
        {
            var pattern = new WildcardPattern(text, WildcardOptions.IgnoreCase);
            pattern.IsMatch(text);
            return pattern;
        }
        catch (WildcardPatternException)
        {
            // A bracket that is not closed is legal in an id.
            return null;
        }
    }
}
