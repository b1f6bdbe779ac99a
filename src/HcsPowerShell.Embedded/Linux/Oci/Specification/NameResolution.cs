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
        IEnumerable<string> host = Lines(network.Dns, HostNameServers.Lines(isReached));
        File.WriteAllLines(file, suffixes.Length == 0
            ? host
            : host.Where(line => !IsSearch(line)).Append("search " + string.Join(" ", suffixes)));
        return [Mount.Bind(file, HostNameServers.Settings, isReadOnly: false)];
    }

    // A document without servers leaves them to the host.
    private static IEnumerable<string> Lines(HostComputeDns? dns, IReadOnlyList<string> host)
    {
        if (dns is null)
        {
            return host;
        }

        IEnumerable<string> suffixes = dns.Search is { Length: > 0 } search ? search
            : string.IsNullOrEmpty(dns.Domain) ? [] : [dns.Domain!];
        return
        [
            .. dns.ServerList is { Length: > 0 } servers
                ? servers.Select(server => "nameserver " + Safe(server))
                : host.Where(line => HostNameServers.Words(line)[0] == "nameserver"),
            .. suffixes.Any() ? ["search " + string.Join(" ", suffixes.Select(Safe))] : Array.Empty<string>(),
            .. (dns.Options ?? []).Select(option => "options " + Safe(option)),
        ];
    }

    // One value stays on its line.
    private static string Safe(string text) => text.Replace('\r', ' ').Replace('\n', ' ');

    private static bool IsSearch(string line) =>
        HostNameServers.Words(line)[0] is "search" or "domain";
}
