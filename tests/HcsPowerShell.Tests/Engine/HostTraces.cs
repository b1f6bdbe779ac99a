using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace HcsPowerShell.Tests.Engine;

/// <summary>The traces of embedded hosts on this machine whose process has ended.</summary>
internal static class HostTraces
{
    private const string Root = "/var/lib/hcspowershell";
    private const string GroupRoot = "/sys/fs/cgroup";
    private const string GroupPrefix = "hcs-";
    private const int LengthOfHost = 12;

    /// <summary>
    /// Returns the processes with a mark, and the folders, control groups and mounts of hosts that do not live.
    /// </summary>
    public static IEnumerable<string> OfTheDead(string mark)
    {
        string[] marked = [.. ProcessTable.CommandLines().Where(line => line.Contains(mark, StringComparison.Ordinal))];
        string[] traces = [.. Traces()];
        string[] open = [.. ProcessTable.OpenFiles().Where(file => file.StartsWith(Root, StringComparison.Ordinal))];
        IEnumerable<string> dead = traces.Where(trace => !open.Contains(Path.Combine(Root, HostOf(trace) + ".lock")));

        // A host that ends releases its lock last.
        return [.. marked, .. Traces().Intersect(dead)];
    }

    private static IEnumerable<string> Traces() =>
    [
        .. Entries(Root).Where(path => HostOf(path) is not null),
        .. Entries(GroupRoot).SelectMany(Entries).Concat(Entries(GroupRoot))
            .Where(path => Path.GetFileName(path).StartsWith(GroupPrefix, StringComparison.Ordinal)),
        .. File.ReadLines("/proc/self/mountinfo").Select(line => line.Split(' ')[4])
            .Where(place => place.StartsWith(Root + "/", StringComparison.Ordinal)),
    ];

    /// <summary>
    /// Returns the host in a path below the root, or in the name of a control group; null if there is none.
    /// </summary>
    private static string? HostOf(string trace)
    {
        string name = trace.StartsWith(Root, StringComparison.Ordinal)
            ? trace[Root.Length..].TrimStart('/')
            : Path.GetFileName(trace)[GroupPrefix.Length..];
        return name.Length >= LengthOfHost && name[..LengthOfHost].All(char.IsAsciiHexDigit) ? name[..LengthOfHost] : null;
    }

    private static IEnumerable<string> Entries(string folder)
    {
        try
        {
            return Directory.GetFileSystemEntries(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The path is a file, or has disappeared.
            return [];
        }
    }
}
