using System;
using System.Globalization;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>A prefix of IPv4.</summary>
/// <param name="First">Its first address, in the order of this machine.</param>
/// <param name="Length">Number of bits that all its addresses share, 0 to 32.</param>
internal readonly record struct Ip4Prefix(uint First, int Length)
{
    private const int AddressBits = 32;

    public uint Last => First | ~Mask(Length);

    /// <summary>Reads a text such as 172.30.0.0/24; null when it is no prefix, or has bits beyond its length.</summary>
    public static Ip4Prefix? Read(string? text)
    {
        string[] parts = (text ?? string.Empty).Split('/');
        return parts.Length == 2 && Ip4Address.Read(parts[0]) is { } first
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int length)
            && length <= AddressBits && (first & ~Mask(length)) == 0
            ? new Ip4Prefix(first, length)
            : null;
    }

    /// <summary>The prefix of that length around an address.</summary>
    public static Ip4Prefix Around(uint address, int length) => new(address & Mask(length), length);

    public bool Contains(uint address) => address >= First && address <= Last;

    public bool Overlaps(Ip4Prefix other) => Contains(other.First) || other.Contains(First);

    public override string ToString() => $"{Ip4Address.Write(First)}/{Length}";

    private static uint Mask(int length) => length == 0 ? 0 : uint.MaxValue << (AddressBits - length);
}
