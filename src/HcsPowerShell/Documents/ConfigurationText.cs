using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Documents;

/// <summary>
/// Distinguishes text that is a configuration, or the path of a configuration file, from a name or an id.
/// </summary>
internal static class ConfigurationText
{
    private const string HashtableStart = "@{";
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>
    /// True for JSON and for a hashtable that was converted to text. JSON starts with <c>{</c> and <c>"</c> or
    /// <c>}</c>, or with <c>[</c> and <c>{</c>; white space and comments may come before and between these characters.
    /// </summary>
    public static bool IsDocument(string text)
    {
        string start = TrimStart(text.TrimStart(ByteOrderMark));
        string rest = start.Length == 0 ? string.Empty : TrimStart(start.Substring(1));
        return IsHashtable(start)
            || (rest.Length > 0 && (start[0] == '{' ? rest[0] is '"' or '}' : start[0] == '[' && rest[0] == '{'));
    }

    /// <summary>
    /// True when the text can be a path (it ends in <c>.json</c> or contains a separator) and a file has that path or
    /// matches the text as a pattern.
    /// </summary>
    public static bool NamesFile(PathIntrinsics paths, string text) =>
        (text.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || text.IndexOfAny(['/', '\\']) >= 0)
        && Exists(paths, text);

    /// <summary>Refuses text that cannot be a document because it is the path of a file or was a hashtable.</summary>
    /// <param name="command">The command that received the value.</param>
    /// <param name="value">The value; only text is refused.</param>
    /// <param name="line">The command line to type for a file, with <c>{0}</c> for its path in quotes.</param>
    /// <exception cref="HcsDocumentException">The text is refused.</exception>
    public static void Refuse(PSCmdlet command, object value, string line)
    {
        if (DocumentReader.Plain(value) is not string text)
        {
            return;
        }

        if (IsHashtable(text.TrimStart()))
        {
            throw new HcsDocumentException("$", "a hashtable in quotes is only text; leave out the quotes");
        }

        // A role in a restricted language mode may have no command that shows which files exist. The error must not
        // show it either.
        if (command.SessionState.LanguageMode == PSLanguageMode.FullLanguage
            && !IsDocument(text)
            && NamesFile(command.SessionState.Path, text))
        {
            string quoted = "'" + text.Replace("'", "''") + "'";
            throw new HcsDocumentException(
                "$", $"{quoted} is the path of a file and no JSON; type {line.Replace("{0}", quoted)}");
        }
    }

    // A configuration must not contain comments, but text with comments is not a name either.
    private static string TrimStart(string text) =>
        Regex.Replace(text, @"\A(\s|//[^\n]*(\n|\z)|/\*.*?\*/)+", string.Empty, RegexOptions.Singleline);

    private static bool IsHashtable(string start) => start.StartsWith(HashtableStart, StringComparison.Ordinal);

    // Text that no provider can resolve to a path names no file.
    private static bool Exists(PathIntrinsics paths, string text)
    {
        try
        {
            return File.Exists(paths.GetUnresolvedProviderPathFromPSPath(text))
                || (WildcardPattern.ContainsWildcardCharacters(text)
                    && paths.GetResolvedProviderPathFromPSPath(text, out _).Any(File.Exists));
        }
        catch (Exception e) when (e is RuntimeException or InvalidOperationException or ArgumentException
            or NotSupportedException or IOException)
        {
            return false;
        }
    }
}
