using System;
using System.Management.Automation.Host;

namespace HcsPowerShell.Shell;

/// <summary>A choice as it is shown and answered: <c>&amp;Yes</c> is "[Y] Yes", answered by "y" or "yes".</summary>
internal sealed record ChoiceLabel(string Key, string Text)
{
    public string Answer => Key.Length > 0 ? Key : Text;

    public static ChoiceLabel From(ChoiceDescription choice)
    {
        int mark = choice.Label.IndexOf('&', StringComparison.Ordinal);
        string text = choice.Label.Replace("&", string.Empty, StringComparison.Ordinal);
        string key = mark >= 0 && mark < text.Length ? text[mark].ToString().ToUpperInvariant() : string.Empty;
        return new ChoiceLabel(key, text);
    }

    public bool IsAnsweredBy(string answer) =>
        answer.Length > 0
        && (answer.Equals(Key, StringComparison.OrdinalIgnoreCase)
            || answer.Equals(Text, StringComparison.OrdinalIgnoreCase));

    public override string ToString() => $"[{Answer}] {Text}";
}
