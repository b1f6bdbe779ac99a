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

    private readonly string _short = host.Substring(0, ShortLength);
    private int _bridges;
    private int _pairs;

    /// <summary>The table of nftables, of family ip.</summary>
    public string Table => TablePrefix + _short;

    public string NextBridge() => Name('b', ref _bridges);

    /// <summary>The end of a veth pair that stays with the host.</summary>
    public string NextPair() => Name('v', ref _pairs);

    private string Name(char kind, ref int last)
    {
        int number = last;
        last = (last + 1) % MostNumbers;
        return $"{InterfacePrefix}{_short}{kind}{Digits[number / 36 / 36]}{Digits[number / 36 % 36]}{Digits[number % 36]}";
    }
}
