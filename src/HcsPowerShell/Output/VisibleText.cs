using System.Linq;
using HcsPowerShell.Interop.Documents.Rules;

namespace HcsPowerShell;

/// <summary>Text of a container or a service as a terminal may be given it: it could hold orders for the terminal.</summary>
internal static class VisibleText
{
    // About a screen. What is longer pushes what matters out of sight.
    private const int MostCharacters = 1600;
    private const int MostLines = 20;

    /// <summary>A name: each control character by its number, as in <c>\u001b</c>.</summary>
    public static string? OfName(string? name) => name is null ? null : TextRules.Show(name);

    /// <summary>A message: the same but for tabs and the ends of lines, and no longer than a screen.</summary>
    public static string OfMessage(string message)
    {
        string[] lines = message.Replace("\r\n", "\n").Split('\n');
        string text = string.Join("\n", lines.Take(MostLines).Select(OfLine));
        return lines.Length > MostLines || text.Length > MostCharacters ? Cut(text) : text;
    }

    private static string OfLine(string line) => string.Join("\t", line.Split('\t').Select(TextRules.Show));

    // Both ends are kept: a message begins with what was tried, and ends with the code.
    private static string Cut(string text)
    {
        const string Gap = " [...] ";
        const int Tail = 400;
        return text.Length <= MostCharacters
            ? text + Gap
            : Whole(text.Substring(0, MostCharacters - Tail - Gap.Length)) + Gap + Whole(text.Substring(text.Length - Tail));
    }

    // Without the half of a character at either end.
    private static string Whole(string part)
    {
        int start = char.IsLowSurrogate(part[0]) ? 1 : 0;
        int end = char.IsHighSurrogate(part[part.Length - 1]) ? 1 : 0;
        return part.Substring(start, part.Length - start - end);
    }
}
