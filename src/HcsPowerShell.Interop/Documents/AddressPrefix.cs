using System;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace HcsPowerShell.Interop.Documents;

/// <summary>A prefix of IP addresses, such as 172.30.0.0/24.</summary>
internal sealed class AddressPrefix
{
    private readonly byte[] _network;

    private AddressPrefix(byte[] network, byte length) => (_network, Length) = (network, length);

    /// <summary>The number of bits that all its addresses have in common.</summary>
    public byte Length { get; }

    /// <summary>The prefix of every address of the same family, which a default route has.</summary>
    public string Everything => _network.Length == 4 ? "0.0.0.0/0" : "::/0";

    /// <summary>The first address after that of the network itself.</summary>
    public IPAddress First
    {
        get
        {
            byte[] first = (byte[])_network.Clone();
            first[first.Length - 1] |= 1;
            return new IPAddress(first);
        }
    }

    /// <summary>Reads a prefix; null with the problem, as the end of a sentence, when the text is none.</summary>
    public static AddressPrefix? Parse(string text, out string? problem)
    {
        int slash = text.IndexOf('/');
        if (slash < 0 || ParseAddress(text.Substring(0, slash)) is not { } address)
        {
            problem = $"'{text}' is no prefix; 172.30.0.0/24 is one";
            return null;
        }

        byte[] bytes = address.GetAddressBytes();
        if (!byte.TryParse(text.Substring(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out byte length)
            || length > bytes.Length * 8)
        {
            problem = $"the length of '{text}' is no number from 0 to {bytes.Length * 8}";
            return null;
        }

        var prefix = new AddressPrefix(Masked(bytes, length), length);
        problem = prefix.ToString() == $"{address}/{length}" ? null
            : $"'{text}' names an address in the prefix {prefix}, not the prefix";
        return problem is null ? prefix : null;
    }

    /// <summary>
    /// Reads an address; null when the text is none. An address of IPv4 has four numbers without leading zeros.
    /// </summary>
    public static IPAddress? ParseAddress(string text) =>
        IPAddress.TryParse(text, out IPAddress? address)
        && (address.AddressFamily == AddressFamily.InterNetworkV6 || address.ToString() == text)
            ? address
            : null;

    /// <summary>True when the address is in the prefix.</summary>
    public bool Contains(IPAddress address)
    {
        byte[] bytes = address.GetAddressBytes();
        return bytes.Length == _network.Length
            && new IPAddress(Masked(bytes, Length)).Equals(new IPAddress(_network));
    }

    /// <summary>True when an address is in both prefixes.</summary>
    public bool Overlaps(AddressPrefix other) =>
        Contains(new IPAddress(other._network)) || other.Contains(new IPAddress(_network));

    /// <inheritdoc/>
    public override string ToString() => $"{new IPAddress(_network)}/{Length}";

    private static byte[] Masked(byte[] address, int length)
    {
        byte[] masked = (byte[])address.Clone();
        for (int i = 0; i < masked.Length; i++)
        {
            int bits = Math.Max(0, Math.Min(8, length - (i * 8)));
            masked[i] &= unchecked((byte)(0xFF << (8 - bits)));
        }

        return masked;
    }
}
