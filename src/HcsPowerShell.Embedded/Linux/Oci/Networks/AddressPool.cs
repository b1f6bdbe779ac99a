using System.Collections.Generic;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>The addresses of a subnet that endpoints can get; for one thread at a time.</summary>
/// <param name="subnet">The subnet. Its first and its last address are no endpoint's.</param>
/// <param name="gateway">The address that is kept for the host.</param>
internal sealed class AddressPool(Ip4Prefix subnet, uint gateway)
{
    private readonly HashSet<uint> _taken = [];

    /// <summary>Takes the lowest free address; null when there is none.</summary>
    public uint? TakeNext()
    {
        for (uint address = subnet.First + 1; address < subnet.Last; address++)
        {
            if (TryTake(address))
            {
                return address;
            }
        }

        return null;
    }

    /// <summary>Takes an address; false when it is taken or no endpoint's.</summary>
    public bool TryTake(uint address) =>
        address > subnet.First && address < subnet.Last && address != gateway && _taken.Add(address);

    public void Release(uint address) => _taken.Remove(address);
}
