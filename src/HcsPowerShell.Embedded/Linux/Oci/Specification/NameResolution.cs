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
        if (Suffixes(config).Length == 0 && network.IsEmpty)
        {
            return [];
        }

        bool isReached = network.Endpoints.Count > 0 || network.Space is not null;
        Write(bundle, config, network.Dns, isReached);
        return [Mount.Bind(FileIn(bundle), HostNameServers.Settings, isReadOnly: false)];
    }

    /// <summary>Path of the file on the host.</summary>
    /// <param name="bundle">Folder that is deleted with the container.</param>
    public static string FileIn(string bundle) => Path.Combine(bundle, "resolv.conf");

    /// <summary>Writes the file; a container that has it mounted reads it from then on.</summary>
    /// <param name="bundle">Folder that is deleted with the container.</param>
    /// <param name="config">Its document.</param>
    /// <param name="dns">What its endpoints say; null when they say nothing.</param>
    /// <param name="isReached">True for a container with endpoints.</param>
    public static void Write(string bundle, ContainerConfig config, HostComputeDns? dns, bool isReached)
    {
        string[] suffixes = Suffixes(config);
        IEnumerable<string> lines = Lines(dns, HostNameServers.Lines(isReached));
        File.WriteAllLines(FileIn(bundle), suffixes.Length == 0
            ? lines
            : lines.Where(line => !IsSearch(line)).Append("search " + string.Join(" ", suffixes)));
    }

    private static string[] Suffixes(ContainerConfig config) =>
        (config.DNSSearchList ?? string.Empty).Split(s_separators, StringSplitOptions.RemoveEmptyEntries);

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
