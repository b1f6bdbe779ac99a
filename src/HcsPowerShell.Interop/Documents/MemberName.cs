using System;
using System.Linq;

namespace HcsPowerShell.Interop.Documents;

/// <summary>Tells users that a document has no member of a name, with the name that they may have meant.</summary>
internal static class MemberName
{
    private const int ShortestStart = 3;

    /// <summary>The problem in words: a sentence without a full stop, or one with a question at its end.</summary>
    public static string Unknown(Type document, string name) =>
        $"{document.Name} has no such member" + (Nearest(document, name) is { } meant ? $"; did you mean {meant}?" : string.Empty);

    /// <summary>The member whose name is like this one; null when none is.</summary>
    private static string? Nearest(Type document, string name) =>
        HcsJson.TypeInfo(document).Properties
            .Where(property => !property.IsExtensionData)
            .Select(property => (property.Name, Distance: DistanceOf(property.Name, name)))
            .Where(known => known.Distance <= Math.Max(1, name.Length / 3) || BeginsAlike(known.Name, name))
            .OrderBy(known => known.Distance)
            .Select(known => known.Name)
            .FirstOrDefault();

    private static bool BeginsAlike(string known, string name) =>
        Math.Min(known.Length, name.Length) >= ShortestStart
        && (known.StartsWith(name, StringComparison.OrdinalIgnoreCase)
            || name.StartsWith(known, StringComparison.OrdinalIgnoreCase));

    /// <summary>The number of letters to insert, remove, replace or swap with the next to get from one name to the other.</summary>
    private static int DistanceOf(string first, string second)
    {
        string from = first.ToUpperInvariant();
        string to = second.ToUpperInvariant();
        int[,] cost = new int[from.Length + 1, to.Length + 1];
        for (int i = 0; i <= from.Length; i++)
        {
            for (int j = 0; j <= to.Length; j++)
            {
                cost[i, j] = i == 0 || j == 0 ? i + j : Math.Min(
                    Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1,
                    cost[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }

        return cost[from.Length, to.Length];
    }
}
