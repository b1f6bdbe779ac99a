using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using HcsPowerShell.Embedded.Linux.Oci.Network;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.Specification;

/// <summary>
/// Creates the <c>/etc/resolv.conf</c> of a container: the name servers of the host, and the suffixes of the document.
/// </summary>
internal static class NameResolution
{
    private const string Settings = "/etc/resolv.conf";

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
        IEnumerable<string> host = File.Exists(Settings) ? File.ReadAllLines(Settings) : [];
        File.WriteAllLines(file, suffixes.Length == 0
            ? host
            : host.Where(line => !IsSearch(line)).Append("search " + string.Join(" ", suffixes)));
        return [Mount.Bind(file, Settings, isReadOnly: false)];
    }

    private static bool IsSearch(string line) =>
        line.TrimStart().Split(' ', '\t')[0] is "search" or "domain";
}
