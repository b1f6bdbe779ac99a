using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Errors;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Targets;

/// <summary>The beginning of an id, as a table shows it where an id is long.</summary>
internal static class ShortId
{
    // As many as the tables show.
    private const int FewestDigits = 12;

    private const int DigitsOfHash = 64;

    /// <summary>
    /// The id that begins with the text, when the text is hexadecimal digits and no container has it as its id;
    /// otherwise the text itself.
    /// </summary>
    /// <remarks>
    /// An id that holds a word is never found by its beginning, and a container that has ended is never replaced by
    /// another one.
    /// </remarks>
    /// <exception cref="AmbiguousIdException">Several ids begin with the text.</exception>
    public static async Task<string> ResolveAsync(HcsHost host, string text, Deadline deadline)
    {
        if (!MayBegin(text) || host.Handles.Find(text) is not null)
        {
            return text;
        }

        var named = new ComputeSystemQuery { Ids = [text] };
        if ((await host.ListAsync(named, deadline).ConfigureAwait(false)).Any())
        {
            return text;
        }

        IEnumerable<ContainerProperties> all = await host.ListAsync(new ComputeSystemQuery(), deadline).ConfigureAwait(false);
        string[] found = [.. all.Select(system => system.Id ?? string.Empty).Where(id => Begins(id, text))];
        return found.Length > 1 ? throw new AmbiguousIdException(text, found)
            : found.Length == 1 && !host.Handles.EndedIds.Any(id => Begins(id, text)) ? found[0]
            : text;
    }

    // The usual forms of whole ids, a GUID and a SHA-256, need no look at the list.
    private static bool MayBegin(string text) =>
        IsHexadecimal(text)
        && text.Count(c => c != '-') is >= FewestDigits and < DigitsOfHash
        && !Guid.TryParseExact(text, "D", out _);

    private static bool Begins(string id, string text) =>
        IsHexadecimal(id) && id.StartsWith(text, StringComparison.OrdinalIgnoreCase);

    private static bool IsHexadecimal(string text) =>
        text.All(c => c is '-' or >= '0' and <= '9' or >= 'a' and <= 'f' or >= 'A' and <= 'F');
}
