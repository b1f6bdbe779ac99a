using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using HcsPowerShell.Interop.Documents.Rules;

namespace HcsPowerShell.Completion;

/// <summary>Completes the published schema versions: 1, 2 and the minor versions of 2.</summary>
public sealed class SchemaVersionCompleter : IArgumentCompleter
{
    private static readonly Version s_first2 = new(2, 1);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var word = new TypedWord(wordToComplete);
        return WindowsRelease.All
            .GroupBy(release => release.Schema, release => release.Title)
            .Select(schema => (Text: Short(schema.Key), Tip: $"Schema {schema.Key}, of {string.Join(" and ", schema)}"))
            .Where(schema => word.Begins(schema.Text))
            .Select(schema => new CompletionResult(
                schema.Text, schema.Text, CompletionResultType.ParameterValue, schema.Tip));
    }

    private static string Short(Version schema) =>
        schema.Minor == 0 || schema == s_first2 ? $"{schema.Major}" : schema.ToString();
}
