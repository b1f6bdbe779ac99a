using System;
using System.Collections.Generic;
using System.Linq;

namespace HcsPowerShell.Interop.Documents.Rules;

/// <summary>
/// A release of Windows and the newest schema its service accepts. The schemas of later releases are not published.
/// </summary>
/// <param name="Name">Name without blanks, as parameters take it.</param>
/// <param name="Title">Name as users write it.</param>
/// <param name="Schema">The schema; it implies the lower minor ones.</param>
public sealed record WindowsRelease(string Name, string Title, Version Schema)
{
    private static readonly WindowsRelease[] s_all =
    [
        new("Server2016", "Windows Server 2016", new(1, 0)),
        new("1809", "Windows 10 1809", new(2, 1)),
        new("Server2019", "Windows Server 2019", new(2, 1)),
        new("1903", "Windows 10 1903", new(2, 2)),
        new("2004", "Windows 10 2004", new(2, 3)),
        new("Server2022", "Windows Server 2022", new(2, 5)),
        new("21H2", "Windows 11 21H2", new(2, 6)),
    ];

    /// <summary>The releases with a published schema, oldest first.</summary>
    public static IReadOnlyList<WindowsRelease> All => s_all;

    /// <summary>Returns a schema and the first release that accepts it.</summary>
    internal static string Describe(Version schema) =>
        $"{schema}" + (s_all.FirstOrDefault(r => r.Schema >= schema) is { } first ? $" ({first.Title})" : string.Empty);
}
