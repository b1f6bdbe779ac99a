using System;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace HcsPowerShell.Completion;

/// <summary>What a completer offers, written so that the parser reads the value back.</summary>
internal static class Offer
{
    private static readonly char[] s_quotes = ['\'', '"'];

    /// <summary>The text typed so far, without the quote it begins with.</summary>
    public static string Typed(string? word) => (word ?? string.Empty).Trim(s_quotes);

    public static bool Begins(string? value, string typed) =>
        value?.StartsWith(typed, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>A text; a quote that was typed stays.</summary>
    public static CompletionResult Text(string value, string tip, string? word) => new(
        word?.IndexOfAny(s_quotes) == 0 || !IsBareWord(value)
            ? $"'{CodeGeneration.EscapeSingleQuotedStringContent(value)}'"
            : value,
        value,
        CompletionResultType.ParameterValue,
        tip);

    /// <summary>A number, which is never quoted.</summary>
    public static CompletionResult Number(string value, string shown, string tip) =>
        new(value, shown, CompletionResultType.ParameterValue, tip);

    // The parser is asked, for many an id begins as a number does: 1e5, 12d, 3kb.
    private static bool IsBareWord(string value)
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
