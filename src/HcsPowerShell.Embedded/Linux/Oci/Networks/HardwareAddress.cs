using System;
using System.Globalization;
using System.Linq;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>Hardware addresses in the form of the documents, such as 00-15-5D-1E-00-02.</summary>
internal static class HardwareAddress
{
    private const string Prefix = "00-15-5D";
    private const int Bytes = 6;
    private const int GroupBit = 1;

    /// <summary>
    /// The hardware address for an address: whoever gets it next has the same, so what others remember stays right.
    /// </summary>
    public static string Of(uint address) =>
        string.Join("-", Ip4Address.Bytes(address).Skip(1).Select(part => part.ToString("X2", CultureInfo.InvariantCulture)).Prepend(Prefix));

    /// <summary>Reads one of a single interface, with hyphens or colons; null when the text is anything else.</summary>
    public static string? Read(string text)
    {
        string[] parts = text.Split('-', ':');
        byte first = 0;
        return parts.Length == Bytes
            && parts.All(part => part.Length == 2 && byte.TryParse(part, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _))
            && byte.TryParse(parts[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out first)
            && (first & GroupBit) == 0
            ? string.Join("-", parts).ToUpperInvariant()
            : null;
    }

    /// <summary>The form that ip takes.</summary>
    public static string ForLinux(string address) => address.Replace('-', ':').ToLowerInvariant();
}
