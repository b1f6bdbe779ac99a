using System;
using System.Collections.Generic;
using System.Linq;

namespace HcsPowerShell.Interop.Documents.Rules;

/// <summary>The rule that each path inside a container is mapped only once.</summary>
internal static class MappedPlaceRules
{
    /// <summary>Returns a problem for each path that an earlier member has already.</summary>
    /// <param name="places">The members, each with the path inside the container that it holds.</param>
    public static IEnumerable<DocumentProblem?> Once(IEnumerable<(string Member, string? Path)> places)
    {
        Dictionary<string, string> known = new(StringComparer.Ordinal);
        foreach ((string member, string? path) in places)
        {
            if (string.IsNullOrEmpty(path))
            {
                continue;
            }

            string place = Normal(path!);
            if (known.TryGetValue(place, out string? first))
            {
                yield return new DocumentProblem(member, $"'{path}' is the place of {first} already.");
            }
            else
            {
                known[place] = member;
            }
        }
    }

    // Windows ignores case and accepts both kinds of slashes; the name of a pipe is treated like a path of Windows.
    private static string Normal(string path)
    {
        bool isWindows = path.Contains(':') || path.Contains('\\');
        List<string> names = [];
        foreach (string name in path.Split(isWindows ? ['/', '\\'] : ['/'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (name == ".." && names.Count > 0)
            {
                names.RemoveAt(names.Count - 1);
            }
            else if (name is not ("." or ".."))
            {
                names.Add(isWindows ? name.ToUpperInvariant() : name);
            }
        }

        return (isWindows ? "\\" : "/") + string.Join("/", names);
    }
}
