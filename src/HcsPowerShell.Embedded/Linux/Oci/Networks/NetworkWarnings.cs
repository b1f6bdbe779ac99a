using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>Finds what keeps packets from a network and is not ours to change.</summary>
internal static class NetworkWarnings
{
    private static readonly string[] s_families = ["ip", "inet"];

    public static async Task<IReadOnlyList<string>> FindAsync(NetworkTools tools, string function, NetworkType type)
    {
        List<string> warnings = [];
        if (MachineNetwork.FiltersBridges)
        {
            warnings.Add(
                "br_netfilter is loaded, so the rules of every firewall on this machine also apply between the endpoints"
                + " of one network.");
        }

        if (type == NetworkType.NAT && HostNameServers.AreOnLoopbackAlone)
        {
            warnings.Add(
                "The name servers in /etc/resolv.conf are addresses of this machine alone, which containers do not reach:"
                + " name others in Dns.");
        }

        if (type == NetworkType.NAT || MachineNetwork.FiltersBridges)
        {
            string answer = await tools.ShowFilterAsync(function, "-j", "list", "chains").ConfigureAwait(false);
            foreach ((string family, string table, string chain) in DroppingChains(answer))
            {
                string rules = await tools.ShowFilterAsync(function, "list", "chain", family, table, chain)
                    .ConfigureAwait(false);
                if (!Accepts(rules, "iifname") || !Accepts(rules, "oifname"))
                {
                    warnings.Add(
                        $"Chain {chain} of table {family} {table} drops what it does not accept, the packets of containers too."
                        + $" This line lets them pass: nft '{Line("iifname")}; {Line("oifname")}'");
                }

                string Line(string side) =>
                    $"insert rule {family} {table} {chain} {side} \"{OwnNames.InterfacePrefix}*\" accept";
            }
        }

        return warnings;
    }

    /// <param name="answer">Output of <c>nft -j list chains</c>.</param>
    internal static IEnumerable<(string Family, string Table, string Chain)> DroppingChains(string answer)
    {
        using JsonDocument document = JsonDocument.Parse(answer);
        return
        [
            .. document.RootElement.GetProperty("nftables").EnumerateArray()
                .Where(entry => entry.TryGetProperty("chain", out _))
                .Select(entry => entry.GetProperty("chain"))
                .Where(chain => Text(chain, "hook") == "forward" && Text(chain, "policy") == "drop"
                    && s_families.Contains(Text(chain, "family"))
                    && !Text(chain, "table").StartsWith(OwnNames.TablePrefix, StringComparison.Ordinal))
                .Select(chain => (Text(chain, "family"), Text(chain, "table"), Text(chain, "name"))),
        ];
    }

    private static bool Accepts(string rules, string side) => rules.Split('\n').Any(
        line => line.Contains($"{side} \"{OwnNames.InterfacePrefix}*\"") && line.Contains("accept"));

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) ? value.GetString() ?? string.Empty : string.Empty;
}
