using System;
using System.Globalization;
using System.Linq;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>Addresses of IPv4 as numbers in the order of this machine.</summary>
internal static class Ip4Address
{
    private const int Parts = 4;

    /// <summary>Reads four decimal numbers with points; null when the text is anything else.</summary>
    public static uint? Read(string? text)
    {
        string[] parts = (text ?? string.Empty).Split('.');
        uint address = 0;
        foreach (string part in parts)
        {
            if (parts.Length != Parts
                || !byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out byte value))
            {
                return null;
            }

            address = (address << 8) | value;
        }

        return address;
    }

    public static string Write(uint address) => string.Join(".", Bytes(address));

    /// <summary>The bytes of the address as they go over the network.</summary>
    public static byte[] Bytes(uint address) =>
        [(byte)(address >> 24), (byte)((address >> 16) & 0xFF), (byte)((address >> 8) & 0xFF), (byte)(address & 0xFF)];

    /// <summary>True for a text that means an address or a prefix of IPv6.</summary>
    public static bool IsIp6(string? text) => text?.Contains(':') == true;
}
