using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace HcsPowerShell.Completion;

/// <summary>Completes PowerShell's names of encodings.</summary>
public sealed class EncodingCompleter : IArgumentCompleter
{
    private static readonly (string Name, string Tip)[] s_encodings =
    [
        ("ansi", "The ANSI code page of the system"),
        ("ascii", "ASCII, 7 bits"),
        ("bigendianunicode", "UTF-16, big-endian"),
        ("bigendianutf32", "UTF-32, big-endian"),
        ("oem", "The code page of the system's console"),
        ("unicode", "UTF-16, little-endian"),
        ("utf7", "UTF-7, which is obsolete"),
        ("utf8", "UTF-8"),
        ("utf8BOM", "UTF-8; input gets no byte order mark here"),
        ("utf8NoBOM", "UTF-8"),
        ("utf32", "UTF-32, little-endian"),
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var word = new TypedWord(wordToComplete);
        return s_encodings.Where(e => word.Begins(e.Name)).Select(e => word.Offer(e.Name, e.Tip));
    }
}
