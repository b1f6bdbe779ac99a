using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace HcsPowerShell.Embedded.Windows;

/// <summary>
/// An environment as CreateProcessW takes it: <c>name=value</c> texts, each ended by NUL, and one more NUL at the end.
/// </summary>
internal static class EnvironmentBlock
{
    /// <summary>
    /// Builds the block, sorted by name without regard to case, as the system expects; an empty one is two NULs.
    /// </summary>
    internal static char[] Of(IReadOnlyDictionary<string, string> environment)
    {
        StringBuilder block = new();
        foreach (KeyValuePair<string, string> variable in environment.OrderBy(
            variable => variable.Key, StringComparer.OrdinalIgnoreCase))
        {
            block.Append(variable.Key).Append('=').Append(variable.Value).Append('\0');
        }

        if (block.Length == 0)
        {
            block.Append('\0');
        }

        block.Append('\0');
        char[] text = new char[block.Length];
        block.CopyTo(0, text, 0, text.Length);
        return text;
    }
}
