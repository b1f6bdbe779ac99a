using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>The settings for names of the host, as <c>/etc/resolv.conf</c> has them.</summary>
internal static class HostNameServers
{
    /// <summary>The file with the settings, on the host and in a container.</summary>
    public const string Settings = "/etc/resolv.conf";

    // The servers behind the one that systemd-resolved has at an address of this machine alone.
    private const string Resolved = "/run/systemd/resolve/resolv.conf";

    /// <summary>True when no container reaches a name server of the host.</summary>
    public static bool AreOnLoopbackAlone => IsLoopback(Read(Source));

    // In a container with an endpoint, an address of the loopback is the container itself.
    private static string Source => IsLoopback(Read(Settings)) && File.Exists(Resolved) ? Resolved : Settings;

    /// <summary>The lines of the settings.</summary>
    /// <param name="isElsewhere">True for a container with a network of its own.</param>
    public static IReadOnlyList<string> Lines(bool isElsewhere) => Read(isElsewhere ? Source : Settings);

    /// <summary>The words of a line.</summary>
    public static string[] Words(string line) => line.Trim().Split(' ', '\t');

    private static bool IsLoopback(IEnumerable<string> lines)
    {
        string[] servers = [.. lines.Select(Words).Where(words => words[0] == "nameserver").Select(words => words.Last())];
        return servers.Length > 0 && servers.All(server => server.StartsWith("127.", StringComparison.Ordinal) || server == "::1");
    }

    private static string[] Read(string path) => File.Exists(path) ? File.ReadAllLines(path) : [];
}
