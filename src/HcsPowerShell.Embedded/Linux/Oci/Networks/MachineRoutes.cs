using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>The addresses and routes of the machine, as ip tells them.</summary>
/// <param name="Connected">The prefixes of the addresses of its interfaces.</param>
/// <param name="Routed">The destinations of its routes, without the default routes.</param>
/// <param name="Uplinks">The interfaces of its default routes.</param>
/// <param name="Mtu">The longest packet that every uplink takes, in bytes.</param>
internal sealed record MachineRoutes(
    IReadOnlyList<Ip4Prefix> Connected, IReadOnlyList<Ip4Prefix> Routed, IReadOnlyList<string> Uplinks, int Mtu)
{
    private const int CommonMtu = 1500;

    // Ranges for private use that few use: 172.30.0.0/15 and 192.168.0.0/16.
    private static readonly IReadOnlyList<Ip4Prefix> s_choices =
    [
        .. Blocks(Ip4Prefix.Read("172.30.0.0/15")!.Value), .. Blocks(Ip4Prefix.Read("192.168.0.0/16")!.Value),
    ];

    /// <param name="addresses">Output of <c>ip -json -4 address show</c>.</param>
    /// <param name="routes">Output of <c>ip -json -4 route show table all</c>.</param>
    public static MachineRoutes Read(string addresses, string routes)
    {
        using JsonDocument links = Parse(addresses);
        using JsonDocument table = Parse(routes);
        JsonElement[] all = [.. table.RootElement.EnumerateArray()];
        string[] uplinks =
        [
            .. all.Where(route => Text(route, "dst") == "default" && Text(route, "type") is null && Text(route, "table") is null)
                .SelectMany(Interfaces)
                .Distinct(),
        ];
        return new MachineRoutes(
            [
                .. links.RootElement.EnumerateArray()
                    .SelectMany(link => List(link, "addr_info"))
                    .Select(address => (Text(address, "local"), Number(address, "prefixlen")))
                    .Where(address => Ip4Address.Read(address.Item1) is not null && address.Item2 is not null)
                    .Select(address => Ip4Prefix.Around(Ip4Address.Read(address.Item1)!.Value, address.Item2!.Value)),
            ],
            [
                .. all.Select(route => Text(route, "dst"))
                    .Select(text => Ip4Prefix.Read(text?.Contains('/') == false ? text + "/32" : text))
                    .OfType<Ip4Prefix>()
                    .Where(prefix => prefix.Length > 0),
            ],
            uplinks,
            links.RootElement.EnumerateArray()
                .Where(link => uplinks.Contains(Text(link, "ifname")))
                .Select(link => Number(link, "mtu"))
                .OfType<int>()
                .DefaultIfEmpty(CommonMtu)
                .Min());
    }

    /// <summary>The first subnet that overlaps nothing of the machine and none of these; null when there is none.</summary>
    public Ip4Prefix? FirstFree(IEnumerable<Ip4Prefix> others)
    {
        Ip4Prefix[] used = [.. Connected, .. Routed, .. others];
        return s_choices.Where(choice => !used.Any(choice.Overlaps)).Select(choice => (Ip4Prefix?)choice).FirstOrDefault();
    }

    private static IEnumerable<Ip4Prefix> Blocks(Ip4Prefix range)
    {
        const int Length = 24;
        const uint Size = 256;
        for (uint first = range.First; first < range.Last; first += Size)
        {
            yield return new Ip4Prefix(first, Length);
        }
    }

    private static IEnumerable<string> Interfaces(JsonElement route) => List(route, "nexthops")
        .Select(hop => Text(hop, "dev"))
        .Append(Text(route, "dev"))
        .OfType<string>();

    private static JsonDocument Parse(string answer) => JsonDocument.Parse(answer.Trim().Length == 0 ? "[]" : answer);

    private static IEnumerable<JsonElement> List(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement list) ? list.EnumerateArray() : Enumerable.Empty<JsonElement>();

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static int? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.TryGetInt32(out int number) ? number : null;
}
