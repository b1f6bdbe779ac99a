using System.Collections.Generic;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>The names by which all that a host has made in the network of the machine is found.</summary>
/// <remarks>A name of an interface has 15 characters at most. The script for leftovers knows these names too.</remarks>
/// <param name="host">Name of the host.</param>
internal sealed class OwnNames(string host)
{
    /// <summary>The beginning of the names of the interfaces of every host.</summary>
    public const string InterfacePrefix = "hcs";

    /// <summary>The beginning of the names of the tables of every host.</summary>
    public const string TablePrefix = "hcs_";

    private const int ShortLength = 8;
    private const int MostNumbers = 36 * 36 * 36;
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";

    // Held only while fields are accessed.
    private readonly object _gate = new();
    private readonly HashSet<string> _taken = [];
    private readonly string _short = host.Substring(0, ShortLength);
    private int _bridges;
    private int _pairs;

    /// <summary>The table of nftables, of family ip.</summary>
    public string Table => TablePrefix + _short;

    public string NextBridge() => Next('b', ref _bridges);

    /// <summary>The end of a veth pair that stays with the host.</summary>
    public string NextPair() => Next('v', ref _pairs);

    public void Release(string name)
    {
        lock (_gate)
        {
            _taken.Remove(name);
        }
    }

    // A name comes back as late as possible: the kernel removes an interface in its own time. No host has so many.
    private string Next(char kind, ref int last)
    {
        lock (_gate)
        {
            string name;
            do
            {
                int number = last;
                last = (last + 1) % MostNumbers;
                name = $"{InterfacePrefix}{_short}{kind}{Digits[number / 36 / 36]}{Digits[number / 36 % 36]}{Digits[number % 36]}";
            }
            while (!_taken.Add(name));
            return name;
        }
    }
}
