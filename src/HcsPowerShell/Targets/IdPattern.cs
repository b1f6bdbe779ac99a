using System.Management.Automation;

namespace HcsPowerShell.Targets;

/// <summary>Tells a pattern from an id.</summary>
internal static class IdPattern
{
    /// <summary>The pattern, or null when the text can only be an id.</summary>
    public static WildcardPattern? Parse(string text)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(text))
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
