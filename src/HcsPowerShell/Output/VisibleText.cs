using System.Linq;
using HcsPowerShell.Interop.Documents.Rules;

namespace HcsPowerShell;

/// <summary>
/// Makes text of a container or a service safe to show: it could contain control sequences for the terminal.
/// </summary>
internal static class VisibleText
{
    // About one screen. Longer text would move the important part out of sight.
    private const int MostCharacters = 1600;
    private const int MostLines = 20;

    /// <summary>The name, with each control character as its number, such as <c>\u001b</c>.</summary>
    public static string? OfName(string? name) => name is null ? null : TextRules.Show(name);

    /// <summary>
    /// The message, with control characters as numbers except for tabs and line ends, and no longer than a screen.
    /// </summary>
    public static string OfMessage(string message)
    {
        string[] lines = message.Replace("\r\n", "\n").Split('\n');
        string text = string.Join("\n", lines.Take(MostLines).Select(OfLine));
        return lines.Length > MostLines || text.Length > MostCharacters ? Cut(text) : text;
    }

    private static string OfLine(string line) => string.Join("\t", line.Split('\t').Select(TextRules.Show));

    // Both ends are kept, because a message begins with the attempt and ends with the code.
    private static string Cut(string text)
    {
        const string Gap = " [...] ";
        const int Tail = 400;
        return text.Length <= MostCharacters
            ? text + Gap
            : Whole(text.Substring(0, MostCharacters - Tail - Gap.Length)) + Gap + Whole(text.Substring(text.Length - Tail));
    }

    // Removes half of a character (an unpaired surrogate) at either end.
    private static string Whole(string part)
    {
        int start = char.IsLowSurrogate(part[0]) ? 1 : 0;
        int end = char.IsHighSurrogate(part[part.Length - 1]) ? 1 : 0;
        return part.Substring(start, part.Length - start - end);
    }
}
