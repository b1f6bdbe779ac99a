using System.Collections.Generic;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>The addresses of a subnet that endpoints can get.</summary>
/// <param name="subnet">The subnet. Its first and its last address are no endpoint's.</param>
/// <param name="gateway">The address that is kept for the host.</param>
internal sealed class AddressPool(Ip4Prefix subnet, uint gateway)
{
    // Held only while fields are accessed.
    private readonly object _gate = new();
    private readonly SortedDictionary<uint, string> _owners = [];
    private bool _isClosed;

    /// <summary>True when the network goes, and gives no address any more.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_gate)
            {
                return _isClosed;
            }
        }
    }

    /// <summary>Takes the lowest free address; null when there is none.</summary>
    /// <param name="owner">The endpoint, for people.</param>
    public uint? TakeNext(string owner)
    {
        lock (_gate)
        {
            for (uint address = subnet.First + 1; address < subnet.Last; address++)
            {
                if (TryTakeLocked(address, owner))
                {
                    return address;
                }
            }

            return null;
        }
    }

    /// <summary>Takes an address; false when it is taken or no endpoint's.</summary>
    /// <param name="address">The address.</param>
    /// <param name="owner">The endpoint, for people.</param>
    public bool TryTake(uint address, string owner)
    {
        lock (_gate)
        {
            return TryTakeLocked(address, owner);
        }
    }

    public void Release(uint address)
    {
        lock (_gate)
        {
            _owners.Remove(address);
        }
    }

    /// <summary>Gives no address any more; false when endpoints have some.</summary>
    /// <param name="owners">The endpoints, for people.</param>
    public bool TryClose(out IReadOnlyList<string> owners)
    {
        lock (_gate)
        {
            owners = [.. _owners.Values];
            _isClosed = owners.Count == 0;
            return _isClosed;
        }
    }

    /// <summary>Gives addresses again, because the network stays.</summary>
    public void Reopen()
    {
        lock (_gate)
        {
            _isClosed = false;
        }
    }

    private bool TryTakeLocked(uint address, string owner)
    {
        if (_isClosed || address <= subnet.First || address >= subnet.Last || address == gateway
            || _owners.ContainsKey(address))
        {
            return false;
        }

        _owners.Add(address, owner);
        return true;
    }
}
