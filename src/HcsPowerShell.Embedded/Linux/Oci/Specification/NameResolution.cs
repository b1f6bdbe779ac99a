using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using HcsPowerShell.Embedded.Linux.Oci.Networks;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.Specification;

/// <summary>
/// Creates the <c>/etc/resolv.conf</c> of a container: what its endpoints say, else the name servers of the host, and the
/// suffixes of the document.
/// </summary>
internal static class NameResolution
{
    private const string Settings = "/etc/resolv.conf";

    // The servers behind the one that systemd-resolved has at an address of this machine alone.
    private const string Resolved = "/run/systemd/resolve/resolv.conf";

    private static readonly char[] s_separators = [',', ' ', ';'];

    /// <param name="bundle">Folder that is deleted with the container.</param>
    /// <param name="config">Its document.</param>
    /// <param name="network">
    /// Its network; without a network and without suffixes, the container keeps the file of its layers.
    /// </param>
    public static IEnumerable<JsonObject> Mounts(string bundle, ContainerConfig config, NetworkPlan network)
    {
        string[] suffixes = (config.DNSSearchList ?? string.Empty).Split(s_separators, StringSplitOptions.RemoveEmptyEntries);
        if (suffixes.Length == 0 && network.IsEmpty)
        {
            return [];
        }

        string file = Path.Combine(bundle, "resolv.conf");
        bool isReached = network.Endpoints.Count > 0 || network.Space is not null;
        IEnumerable<string> host = network.Dns is { } dns ? Lines(dns) : Read(isReached ? Source : Settings);
        File.WriteAllLines(file, suffixes.Length == 0
            ? host
            : host.Where(line => !IsSearch(line)).Append("search " + string.Join(" ", suffixes)));
        return [Mount.Bind(file, Settings, isReadOnly: false)];
    }

    /// <summary>True when no container reaches a name server of the host.</summary>
    public static bool HasLoopbackServersAlone() => IsLoopback(Read(Source));

    // In a container with an endpoint, an address of the loopback is the container itself.
    private static string Source => IsLoopback(Read(Settings)) && File.Exists(Resolved) ? Resolved : Settings;

    private static bool IsLoopback(IEnumerable<string> lines)
    {
        string[] servers = [.. lines.Select(Words).Where(words => words[0] == "nameserver").Select(words => words.Last())];
        return servers.Length > 0 && servers.All(server => server.StartsWith("127.", StringComparison.Ordinal) || server == "::1");
    }

    private static string[] Read(string path) => File.Exists(path) ? File.ReadAllLines(path) : [];

    private static string[] Words(string line) => line.Trim().Split(' ', '\t');

    private static IEnumerable<string> Lines(HostComputeDns dns)
    {
        IEnumerable<string> suffixes = dns.Search is { Length: > 0 } search ? search
            : string.IsNullOrEmpty(dns.Domain) ? [] : [dns.Domain!];
        return
        [
            .. (dns.ServerList ?? []).Select(server => "nameserver " + Safe(server)),
            .. suffixes.Any() ? ["search " + string.Join(" ", suffixes.Select(Safe))] : Array.Empty<string>(),
            .. (dns.Options ?? []).Select(option => "options " + Safe(option)),
        ];
    }

    // One value stays on its line.
    private static string Safe(string text) => text.Replace('\r', ' ').Replace('\n', ' ');

    private static bool IsSearch(string line) =>
        Words(line)[0] is "search" or "domain";
}
