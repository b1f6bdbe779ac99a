using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>The ports of the machine that this host has reserved, with the endpoints they lead to.</summary>
internal sealed class HostPorts
{
    // Held only while sockets are bound and closed, which waits for nothing.
    private readonly object _gate = new();
    private readonly Dictionary<PortReservation, string> _owners = [];

    /// <summary>Reserves all ports of the mappings, or none.</summary>
    /// <param name="function">The call that fails.</param>
    /// <param name="owner">The endpoint, for people.</param>
    /// <param name="mappings">The mappings.</param>
    /// <exception cref="HcsException">An endpoint or a program has one of them.</exception>
    public IReadOnlyList<PortReservation> Reserve(
        string function, string owner, IEnumerable<PortMapping> mappings)
    {
        List<PortReservation> reserved = [];
        try
        {
            foreach (PortMapping mapping in mappings)
            {
                lock (_gate)
                {
                    PortReservation port = PortReservation.TryTake(function, mapping)
                        ?? throw Taken(function, mapping, reserved);
                    _owners.Add(port, owner);
                    reserved.Add(port);
                }
            }

            return reserved;
        }
        catch
        {
            Release(reserved);
            throw;
        }
    }

    public void Release(IEnumerable<PortReservation> ports)
    {
        foreach (PortReservation port in ports)
        {
            lock (_gate)
            {
                port.Dispose();
                _owners.Remove(port);
            }
        }
    }

    private HcsException Taken(string function, PortMapping wanted, List<PortReservation> own)
    {
        PortReservation? holder = _owners.Keys.FirstOrDefault(port => port.Mapping.Excludes(wanted));
        string owner = holder is null ? "another program"
            : own.Contains(holder) ? "this endpoint"
            : $"endpoint '{_owners[holder]}'";
        return Refusal.Refused(
            function, HResult.PortAlreadyExists, $"Port {wanted.Shown} of the host belongs to {owner} already.");
    }
}
