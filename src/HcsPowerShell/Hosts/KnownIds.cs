using System.Collections.Concurrent;
using System.Management.Automation;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Hosts;

/// <summary>
/// The ids that this process has seen and that could be taken for patterns. An id stays one when its container has
/// ended, and when its host was left: a clean-up that runs twice must not end what the id would match.
/// </summary>
/// <remarks>Few ids hold a wildcard, so none is ever forgotten.</remarks>
internal static class KnownIds
{
    private static readonly ConcurrentDictionary<string, bool> s_ids = new(ContainerId.Comparer);

    public static void Add(string? id)
    {
        if (id is not null && WildcardPattern.ContainsWildcardCharacters(id))
        {
            s_ids.TryAdd(id, true);
        }
    }

    public static bool Contains(string text) => s_ids.ContainsKey(text);
}
