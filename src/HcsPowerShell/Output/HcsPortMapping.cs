using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell;

/// <summary>A port of a container, or a range of them, that is reached by a port of the host.</summary>
/// <remarks>
/// As text it is <c>[hostaddress:][hostport[-range]:]port[-range][/tcp|udp]</c>, such as <c>8080:80</c> or
/// <c>10.0.0.4:5353:53/udp</c>.
/// </remarks>
public sealed class HcsPortMapping
{
    private const string Form = "[hostaddress:][hostport[-range]:]port[-range][/tcp|udp]";
    private const int MostPorts = 1000;

    private HcsPortMapping(string? hostAddress, int? hostPort, int port, int count, string protocol) =>
        (HostAddress, HostPort, Port, Count, Protocol) = (hostAddress, hostPort, port, count, protocol);

    /// <summary>Address of the host; null means every one.</summary>
    public string? HostAddress { get; }

    /// <summary>The first port of the host; null lets the service choose free ones.</summary>
    public int? HostPort { get; }

    /// <summary>The first port of the container, 1 to 65535.</summary>
    public int Port { get; }

    /// <summary>Number of ports, 1 to 1000.</summary>
    public int Count { get; }

    /// <summary>TCP or UDP.</summary>
    public string Protocol { get; }

    /// <summary>Reads the short text form.</summary>
    /// <exception cref="HcsDocumentException">The text does not have that form.</exception>
    public static HcsPortMapping Parse(string text)
    {
        string[] whole = (text ?? string.Empty).Trim().Split('/');
        string[] parts = whole[0].Split(':');
        string protocol = whole.Length == 1 ? "TCP" : ProtocolOf(whole, text!);
        if (whole[0].Length == 0)
        {
            throw Refusal($"'{text}' names no port of a container; the form is {Form}");
        }

        if (whole[0].Contains(","))
        {
            throw Refusal($"'{text}' names several mappings in one text; write each as a text of its own");
        }

        if (whole[0][0] == '[' || (parts.Length > 1 && AddressPrefix.ParseAddress(whole[0]) is not null))
        {
            throw Refusal($"'{text}' has an address of IPv6, at which no port is mapped; leave it out, or name one of IPv4");
        }

        if (parts.Length > 3)
        {
            throw Refusal($"'{text}' has more than three parts; the form is {Form}");
        }

        if (parts.Contains(string.Empty))
        {
            throw Refusal($"'{text}' has a colon with nothing before or after it; without a host port, leave out its colon too");
        }

        string? address = parts.Length == 3 || parts[0].Contains(".") ? parts[0] : null;
        string? hostPorts = parts.Length - (address is null ? 0 : 1) == 2 ? parts[parts.Length - 2] : null;
        (int port, int count) = Ports(parts[parts.Length - 1], text!);
        (int? hostPort, int hostCount) = hostPorts is null ? (default(int?), count) : Ports(hostPorts, text!);
        return hostCount == count
            ? new HcsPortMapping(Address(address, parts, text!), hostPort, port, count, protocol)
            : throw Refusal($"'{text}' maps {Ports(hostCount)} of the host to {Ports(count)} of the container; give ranges of equal length");
    }

    /// <summary>Reads the members of a hashtable or an object.</summary>
    /// <exception cref="HcsDocumentException">A member is unknown, or a value is refused.</exception>
    internal static HcsPortMapping Of(IReadOnlyDictionary<string, object?> members)
    {
        string[] known = [nameof(HostAddress), nameof(HostPort), nameof(Port), nameof(Count), nameof(Protocol)];
        if (members.Keys.FirstOrDefault(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw new HcsDocumentException(unknown, $"a port mapping has the members {string.Join(", ", known)}");
        }

        string port = Text(nameof(Port)) ?? throw new HcsDocumentException(nameof(Port), "the port of the container is required");
        string?[] parts = [Text(nameof(HostAddress)), Range(Text(nameof(HostPort))), Range(port)];
        string text = string.Join(":", parts.Where(part => part is not null));
        return Parse(Text(nameof(Protocol)) is { } protocol ? $"{text}/{protocol}" : text);

        string? Text(string name)
        {
            object? value = members.FirstOrDefault(m => m.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
            return Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } given ? given : null;
        }

        string? Range(string? first) =>
            Text(nameof(Count)) is { } count and not "1"
            && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out int begin)
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int ports)
                ? $"{begin}-{(long)begin + ports - 1}"
                : first;
    }

    /// <summary>The mapping that a policy describes; null for a policy of another kind.</summary>
    internal static HcsPortMapping? Of(HostComputePolicy? policy)
    {
        if (policy is not { Type: PortMappingSetting.PolicyType, Settings: { } settings })
        {
            return null;
        }

        try
        {
            PortMappingSetting read = HcsJson.Read<PortMappingSetting>(settings.Text);
            return new HcsPortMapping(
                string.IsNullOrEmpty(read.VIP) ? null : VisibleText.OfName(read.VIP),
                read.ExternalPort is 0 ? null : read.ExternalPort,
                read.InternalPort ?? 0,
                1,
                read.Protocol == NetworkProtocol.None ? nameof(NetworkProtocol.TCP) : read.Protocol.ToString());
        }
        catch (HcsDocumentException)
        {
            // The policy is in the document of the endpoint all the same.
            return null;
        }
    }

    /// <summary>The policies that map the ports, one for each.</summary>
    internal IEnumerable<HostComputePolicy> ToPolicies() => Each().Select(one => new HostComputePolicy
    {
        Type = PortMappingSetting.PolicyType,
        Settings = new RawJson(HcsJson.Write(new PortMappingSetting
        {
            Protocol = Protocol == "UDP" ? NetworkProtocol.UDP : NetworkProtocol.TCP,
            InternalPort = (ushort)one.Port,
            ExternalPort = (ushort?)one.HostPort,
            VIP = HostAddress,
        })),
    });

    /// <summary>True when a port of the host belongs to both mappings.</summary>
    internal bool Overlaps(HcsPortMapping other) =>
        HostPort is { } first && other.HostPort is { } second
        && Protocol == other.Protocol
        && first < second + other.Count && second < first + Count
        && (HostAddress is null || other.HostAddress is null || HostAddress == other.HostAddress);

    /// <summary>A mapping for each port of a range.</summary>
    internal IEnumerable<HcsPortMapping> Each() => Enumerable.Range(0, Count)
        .Select(i => new HcsPortMapping(HostAddress, HostPort + i, Port + i, 1, Protocol));

    /// <summary>The short text form.</summary>
    public override string ToString() => string.Join(
        ":",
        new[] { HostAddress, HostPort is { } host ? Range(host) : null, Range(Port) }.Where(part => part is not null))
        + "/" + Protocol.ToLowerInvariant();

    private string Range(int first) =>
        Count == 1 ? first.ToString(CultureInfo.InvariantCulture) : FormattableString.Invariant($"{first}-{first + Count - 1}");

    private static string ProtocolOf(string[] whole, string text) =>
        whole.Length == 2 && whole[1].ToUpperInvariant() is "TCP" or "UDP"
            ? whole[1].ToUpperInvariant()
            : throw Refusal($"'{text}' ends in no protocol that is mapped; end it in /tcp or /udp, or leave that out for TCP");

    // 0.0.0.0 is how other tools write every address.
    private static string? Address(string? address, string[] parts, string text) => address switch
    {
        null or "0.0.0.0" => null,
        _ when AddressPrefix.ParseAddress(address) is not null => address,
        _ => throw Refusal(parts.Length == 3
            ? $"'{address}' in '{text}' is no IPv4 address of the host"
            : $"'{address}' in '{text}' is neither a port nor an IPv4 address of the host"),
    };

    private static (int First, int Count) Ports(string range, string text)
    {
        string[] ends = range.Split('-');
        int first = Number(ends[0], text);
        int last = ends.Length == 1 ? first
            : ends.Length == 2 ? Number(ends[1], text)
            : throw Refusal($"'{range}' in '{text}' is no range; 8000-8010 is one");
        return last < first ? throw Refusal($"the range {range} in '{text}' is backwards")
            : last - first >= MostPorts ? throw Refusal($"the range {range} in '{text}' has more than {MostPorts} ports")
            : (first, last - first + 1);
    }

    private static int Number(string number, string text) =>
        int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is >= 1 and <= ushort.MaxValue
            ? port
            : throw Refusal($"'{number}' in '{text}' is no port; a port is a number from 1 to {ushort.MaxValue}");

    private static string Ports(int count) => count == 1 ? "one port" : $"{count} ports";

    private static HcsDocumentException Refusal(string reason) => new("$", reason);
}
