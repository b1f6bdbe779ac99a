using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Tests.Coverage;

namespace HcsPowerShell.Tests.Architecture;

/// <summary>The rings of a design page: which namespaces each holds, and which rings above it it may use.</summary>
public sealed class Rings
{
    private const string Root = "HcsPowerShell";

    private readonly List<(string Name, string[] Rooms, string[] Uses)> _rings;

    /// <param name="page">Lines of the page; it has a table with the columns Ring, Namespaces and Uses.</param>
    public Rings(IEnumerable<string> page) =>
        _rings =
        [
            .. MarkdownTables.Read(page).Where(row => row.ContainsKey("Namespaces"))
                .Select(row => (row["Ring"], Entries(row["Namespaces"]), Entries(row["Uses"]))),
        ];

    /// <summary>The uses that break the rings, and the rooms outside them; empty when the page is right.</summary>
    public IReadOnlyList<string> Faults(IReadOnlyCollection<TypeUse> uses)
    {
        TypeUse[] inside = [.. uses.Where(use => IsOurs(use.FromNamespace) && IsOurs(use.ToNamespace))];
        var arrows = inside
            .Select(use => (From: From(use), To: To(use), Use: use))
            .Where(arrow => arrow.From != arrow.To)
            .ToLookup(arrow => (arrow.From, arrow.To), arrow => $"{arrow.Use.FromType} uses {arrow.Use.ToType}");
        return
        [
            .. Order(),
            .. inside.Select(From).Concat(inside.Select(To)).Distinct()
                .Where(room => RingOf(room) is null).Select(room => $"'{room}' is in no ring."),
            .. Cycles([.. arrows.Select(arrow => arrow.Key)]),
            .. arrows.SelectMany(arrow => Against(arrow.Key.From, arrow.Key.To, arrow.First())),
            .. Unused([.. arrows.Select(arrow => (RingOf(arrow.Key.From), RingOf(arrow.Key.To)))]),
        ];
    }

    private static string[] Entries(string cell) =>
        [.. cell.Split(',').Select(entry => entry.Trim().Trim('`')).Where(entry => entry.Length > 0)];

    private static bool IsOurs(string space) => space == Root || space.StartsWith(Root + ".", StringComparison.Ordinal);

    private string From(TypeUse use) => RoomOf(use.FromNamespace, use.FromType);

    private string To(TypeUse use) => RoomOf(use.ToNamespace, use.ToType);

    /// <summary>A type that the page names beside a namespace is taken as a type of that, and not of its own.</summary>
    private string RoomOf(string space, string type)
    {
        string name = $"{space}.{type}"[(Root.Length + 1)..];
        string[]? rooms = _rings.FirstOrDefault(ring => ring.Rooms.Contains(name)).Rooms;
        return rooms is null ? space : $"{Root}.{rooms[0]}";
    }

    private string? RingOf(string room) =>
        _rings.FirstOrDefault(ring => ring.Rooms.Any(entry => Covers(entry, room))).Name;

    private static bool Covers(string entry, string room)
    {
        string full = entry == Root ? Root : $"{Root}.{entry}";
        return full.EndsWith(".*", StringComparison.Ordinal)
            ? room == full[..^2] || room.StartsWith(full[..^1], StringComparison.Ordinal)
            : room == full;
    }

    /// <summary>A ring may use those above it in the table, and no others.</summary>
    private IEnumerable<string> Order() => _rings.SelectMany((ring, i) => ring.Uses
        .Except(_rings.Take(i).Select(above => above.Name))
        .Select(used => $"The ring '{ring.Name}' uses '{used}', which is no ring above it."));

    private IEnumerable<string> Against(string from, string to, string example)
    {
        (string? ring, string? used) = (RingOf(from), RingOf(to));
        bool isListed = ring is null || used is null || ring == used
            || _rings.Single(r => r.Name == ring).Uses.Contains(used);
        if (!isListed)
        {
            yield return $"The ring '{ring}' may not use '{used}': {from} uses {to}, as {example}.";
        }
    }

    private IEnumerable<string> Unused(HashSet<(string?, string?)> used) => _rings.SelectMany(ring =>
        ring.Uses.Where(other => !used.Contains((ring.Name, other)))
            .Select(other => $"The ring '{ring.Name}' does not use '{other}', as the page says."));

    /// <summary>The arrows on cycles, and between them. An arrow to a dead end, or from a start, is on none.</summary>
    private static IEnumerable<string> Cycles(HashSet<(string From, string To)> arrows)
    {
        HashSet<(string From, string To)> left = [.. arrows];
        while (left.RemoveWhere(arrow =>
            !left.Any(other => other.From == arrow.To) || !left.Any(other => other.To == arrow.From)) > 0)
        {
        }

        string[] uses = [.. left.Select(arrow => $"{arrow.From} uses {arrow.To}")];
        return uses.Length == 0 ? [] : ["A cycle: " + string.Join(", ", uses)];
    }
}
