using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Linux.Oci.State;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>
/// What all networks of a host share: the table of nftables and the forwarding of the uplinks. The first network makes
/// it, and the last one removes it; for one change at a time.
/// </summary>
/// <param name="tools">Runs nft.</param>
internal sealed class CommonParts(NetworkTools tools)
{
    // The table that there may be: from before its first command until its removal has succeeded.
    private Firewall? _table;
    private ForwardingHold? _forwarding;

    /// <summary>Takes a network into the table.</summary>
    /// <exception cref="HcsException">nft fails.</exception>
    public async Task AddAsync(string function, HostNetwork network, bool isFirst)
    {
        Firewall table = network.Firewall;
        _table = table;
        try
        {
            await tools.FilterAsync(function, [.. isFirst ? [table.Make()] : (string[])[], .. table.Add(network)])
                .ConfigureAwait(false);
        }
        catch (HcsException e) when (isFirst && e.InnerException is not null)
        {
            // A command of nft that fails in its own words has changed nothing; one that does not end, may have.
            _table = null;
            throw;
        }
    }

    /// <summary>Forwards packets at the uplinks. No other host may do it at the same time.</summary>
    public async Task ForwardAsync(IEnumerable<string> uplinks, CancellationToken abandoned)
    {
        _forwarding ??= await ForwardingHold.TakeAsync(MachineNetwork.Forwarding, abandoned).ConfigureAwait(false);
        _forwarding.TurnOn(uplinks);
    }

    /// <summary>Takes a network that is not the last one out of the table.</summary>
    /// <exception cref="HcsException">nft fails.</exception>
    public Task RemoveAsync(string function, HostNetwork network) =>
        tools.FilterAsync(function, network.Firewall.Remove(network));

    /// <summary>Removes the table, and leaves forwarding to the other hosts.</summary>
    /// <exception cref="HcsException">nft fails.</exception>
    public async Task ClearAsync(string function)
    {
        if (_forwarding is { } forwarding)
        {
            _forwarding = null;
            using (await MachineLock.TakeFileAsync(MachineNetwork.Lock, CancellationToken.None).ConfigureAwait(false))
            {
                forwarding.Leave();
            }
        }

        if (_table is { } table)
        {
            await tools.FilterAsync(function, table.Remove()).ConfigureAwait(false);
            _table = null;
        }
    }
}
