using System;
using System.Collections.Generic;
using System.Management.Automation.Runspaces;

namespace HcsPowerShell.Shell;

/// <summary>The words after a script's name as parameters, by the rules of pwsh -File.</summary>
internal static class ScriptArguments
{
    public static IReadOnlyList<CommandParameter> From(Queue<string> words)
    {
        var parameters = new List<CommandParameter>();
        while (words.TryDequeue(out string? word))
        {
            parameters.Add(Parameter(word, words));
        }

        return parameters;
    }

    private static CommandParameter Parameter(string word, Queue<string> rest)
    {
        if (word.Length < 2 || word[0] != '-')
        {
            return new CommandParameter(null, word);
        }

        int colon = word.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            // A name alone: the engine knows whether it is a switch or takes the next word.
            return new CommandParameter(word);
        }

        if (colon < word.Length - 1)
        {
            return new CommandParameter(word[..colon], Value(word[(colon + 1)..]));
        }

        return rest.TryDequeue(out string? value)
            ? new CommandParameter(word[..colon], value)
            : new CommandParameter(word[..colon]);
    }

    /// <summary>No expression is evaluated, but -Switch:$false must be able to say no.</summary>
    private static object Value(string text) =>
        bool.TryParse(text.StartsWith('$') ? text[1..] : text, out bool flag) ? flag : text;
}
