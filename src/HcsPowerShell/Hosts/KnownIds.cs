using System.Collections.Concurrent;
using System.Management.Automation;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Hosts;

/// <summary>
/// The ids that this process has seen and that contain wildcards. Such an id is not a pattern, even after its container
/// has ended and its host was left: a clean-up that runs twice must not end the containers that the id would match.
/// </summary>
/// <remarks>Few ids contain a wildcard, so none is removed.</remarks>
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
