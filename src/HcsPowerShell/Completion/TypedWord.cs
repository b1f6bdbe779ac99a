using System;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace HcsPowerShell.Completion;

/// <summary>The word at the cursor, and the results that may replace it.</summary>
/// <remarks>
/// The engine passes the value of the word, not the typed text. It adds quotation marks when the user has typed the
/// first one; Windows PowerShell may leave out the second.
/// </remarks>
internal sealed class TypedWord
{
    private readonly string _text;
    private readonly bool _isQuoted;

    public TypedWord(string? wordToComplete)
    {
        string word = wordToComplete ?? string.Empty;
        _isQuoted = word.Length > 0 && word[0] is '\'' or '"';
        bool isClosed = word.Length > 1 && word[0] == word[word.Length - 1];
        _text = _isQuoted ? word.Substring(1, word.Length - (isClosed ? 2 : 1)) : word;
    }

    /// <summary>True when the word is the beginning of a value; case is ignored.</summary>
    public bool Begins(string? value) => value?.StartsWith(_text, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>A completion result with the value, written so that the parser reads it back.</summary>
    /// <param name="value">The value for the parameter.</param>
    /// <param name="tip">The tooltip.</param>
    /// <param name="shown">The text in lists, when it is not the value.</param>
    public CompletionResult Offer(string value, string tip, string? shown = null) => new(
        _isQuoted || !IsBareWord(value) ? $"'{CodeGeneration.EscapeSingleQuotedStringContent(value)}'" : value,
        shown ?? value,
        CompletionResultType.ParameterValue,
        tip);

    // The parser decides, because many ids begin like a number: 1e5, 12d, 3kb. It takes as long as all else that a
    // completion does, so it is not asked about a plain name.
    private static bool IsBareWord(string value) => IsPlainName(value) || IsReadBack(value);

    private static bool IsPlainName(string value) =>
        value.Length > 0 && IsLetter(value[0]) && value.All(letter => IsLetter(letter) || letter is (>= '0' and <= '9') or '-' or '_');

    private static bool IsLetter(char letter) => letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');

    private static bool IsReadBack(string value)
    {
        ScriptBlockAst line = Parser.ParseInput("x " + value, out _, out ParseError[] errors);
        return errors.Length == 0
            && value[0] != '-'
            && line.EndBlock.Statements.Count == 1
            && line.EndBlock.Statements[0] is PipelineAst { PipelineElements: { Count: 1 } elements }
            && elements[0] is CommandAst { CommandElements: { Count: 2 } words, Redirections.Count: 0 }
            && words[1] is StringConstantExpressionAst read
            && read.Value == value;
    }
}
