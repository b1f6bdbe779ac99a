using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Oci.State;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Networks;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>The networks of a host. They come and go one at a time, because the first and the last one do more.</summary>
/// <param name="tools">Runs ip and nft.</param>
/// <param name="events">Learns of changes.</param>
internal sealed class HostNetworks(NetworkTools tools, NetworkEvents events)
{
    private readonly ConcurrentDictionary<Guid, HostNetwork> _all = new();
    private readonly Claims<NetworkKind> _claims = new();
    private readonly CommonParts _common = new(tools);
    private OwnNames? _names;

    public IEnumerable<HostNetwork> All => _all.Values;

    /// <exception cref="HcsException">There is no such network.</exception>
    public HostNetwork Require(string function, Guid id) => _all.TryGetValue(id, out HostNetwork? network)
        ? network
        : throw Refusal.Refused(function, HResult.NetworkNotFound, $"There is no network {id} on this host.");

    /// <exception cref="HcsException">The document is refused, there is such a network, or a program fails.</exception>
    public async Task<HostComputeNetwork> CreateAsync(
        string function, HostFolder host, Guid id, HostComputeNetwork document, CancellationToken abandoned)
    {
        NetworkRequest request = NetworkRequest.Read(id, document);
        using IDisposable claim = await _claims.TakeAsync(NetworkKind.Network, abandoned).ConfigureAwait(false);
        if (_all.ContainsKey(id) || _all.Values.Any(one => !string.IsNullOrEmpty(one.Name)
            && one.Name!.Equals(document.Name, StringComparison.OrdinalIgnoreCase)))
        {
            throw Refusal.Refused(
                function, HResult.NetworkAlreadyExists, $"A network '{document.Name}', or one with this id, exists.");
        }

        NetworkTools.Require(function);
        MachineNetwork.Prepare();
        _names ??= new OwnNames(host.Host);

        // Before anything is made, so that it is found when this process is killed.
        File.WriteAllText(Path.Combine(host.Path, HostFolder.NetworksName), MachineNetwork.Namespace + "\n");
        HostNetwork? network = null;
        HostComputeNetwork answer;
        try
        {
            using (await MachineLock.TakeFileAsync(MachineNetwork.Lock, abandoned).ConfigureAwait(false))
            {
                MachineRoutes machine = MachineRoutes.Read(
                    await tools.AskAsync(function, "-4", "address", "show").ConfigureAwait(false),
                    await tools.AskAsync(function, "-4", "route", "show", "table", "all").ConfigureAwait(false));
                network = new HostNetwork(request, Choose(function, request, machine), _names, machine.Mtu);
                await MakeAsync(function, network, machine.Uplinks, abandoned).ConfigureAwait(false);
            }

            answer = await DescribeAsync(function, network, isDetailed: true).ConfigureAwait(false);
        }
        catch when (network is not null)
        {
            await UnmakeAsync(function, network).ConfigureAwait(false);
            throw;
        }

        _all[id] = network;
        events.Tell(NetworkEventType.NetworkCreated, id);
        return answer;
    }

    /// <param name="function">The call that fails.</param>
    /// <param name="network">The network.</param>
    /// <param name="isDetailed">True to look for what keeps packets from it, too.</param>
    /// <exception cref="HcsException">nft fails.</exception>
    public async Task<HostComputeNetwork> DescribeAsync(string function, HostNetwork network, bool isDetailed) =>
        network.Describe(
            isDetailed
                ? await NetworkWarnings.FindAsync(tools, function, network.Type).ConfigureAwait(false)
                : []);

    /// <exception cref="HcsException">It is refused: nothing of a network can be changed under isolation Oci.</exception>
    public void Modify(string function, Guid id, ModifyNetworkSettingRequest request)
    {
        HostNetwork network = Require(function, id);
        if (NetworkModification.Policies(function, request)?.FirstOrDefault() is { } policy)
        {
            throw Refusal.Refused(
                function,
                HResult.InvalidPolicyType,
                $"Policies: network '{network.Name}' has no policy {policy.Type} under isolation Oci.");
        }
    }

    /// <exception cref="HcsException">There is no such network, it has endpoints, or a program fails.</exception>
    public async Task DeleteAsync(string function, Guid id, CancellationToken abandoned)
    {
        using IDisposable claim = await _claims.TakeAsync(NetworkKind.Network, abandoned).ConfigureAwait(false);
        HostNetwork network = Require(function, id);
        if (!network.Addresses.TryClose(out IReadOnlyList<string> endpoints))
        {
            throw Refusal.Refused(
                function,
                HResult.HasReferences,
                $"Network '{network.Name}' has endpoints: {string.Join(", ", endpoints.Select(name => $"'{name}'"))}.");
        }

        try
        {
            await RemoveBridgesAsync(function, [network]).ConfigureAwait(false);
        }
        catch
        {
            network.Addresses.Reopen();
            throw;
        }

        _all.TryRemove(id, out _);
        network.Names.Release(network.Bridge);
        events.Tell(NetworkEventType.NetworkDeleted, id);
        await RemoveFromCommonAsync(function, network).ConfigureAwait(false);
    }

    /// <summary>Removes them all from the machine, after their endpoints.</summary>
    /// <exception cref="HcsException">A program fails; what is left is found by its name.</exception>
    public async Task RemoveAsync(string function)
    {
        HostNetwork[] all = [.. _all.Values];
        _all.Clear();
        await RemoveBridgesAsync(function, all).ConfigureAwait(false);
        await _common.ClearAsync(function).ConfigureAwait(false);
    }

    private async Task MakeAsync(
        string function, HostNetwork network, IReadOnlyList<string> uplinks, CancellationToken abandoned)
    {
        await _common.AddAsync(function, network, isFirst: _all.IsEmpty).ConfigureAwait(false);
        await tools.BatchAsync(function, Interfaces.MakeBridge(network)).ConfigureAwait(false);
        MachineNetwork.TurnOffIpv6(network.Bridge);
        MachineNetwork.SetForwarding(network.Bridge, network.Type == NetworkType.NAT);
        if (network.Type == NetworkType.NAT)
        {
            await _common.ForwardAsync(uplinks, abandoned).ConfigureAwait(false);
        }

        await tools.BatchAsync(function, Interfaces.Open(network)).ConfigureAwait(false);
    }

    private Ip4Prefix Choose(string function, NetworkRequest request, MachineRoutes machine)
    {
        Ip4Prefix[] own = [.. _all.Values.Select(network => network.Subnet)];
        if (request.Subnet is not { } wanted)
        {
            return machine.FirstFree(own) ?? throw Refusal.Refused(
                function, HResult.AddressReserved, "No subnet is free in 172.30.0.0/15 and 192.168.0.0/16: name one.");
        }

        return !own.Concat(machine.Connected).Any(wanted.Overlaps)
            ? wanted
            : throw Refusal.Refused(
                function, HResult.AddressReserved, $"IpAddressPrefix: '{wanted}' overlaps a network of this machine.");
    }

    private async Task UnmakeAsync(string function, HostNetwork network)
    {
        try
        {
            await RemoveBridgesAsync(function, [network]).ConfigureAwait(false);
        }
        catch (HcsException)
        {
            // The failure of its creation says more.
        }

        network.Names.Release(network.Bridge);
        try
        {
            await RemoveFromCommonAsync(function, network).ConfigureAwait(false);
        }
        catch (HcsException)
        {
            // It was not in the table.
        }
    }

    // What is as it was without a network, is so again after the last one.
    private Task RemoveFromCommonAsync(string function, HostNetwork network) => _all.IsEmpty
        ? _common.ClearAsync(function)
        : _common.RemoveAsync(function, network);

    // A bridge that somebody else has deleted keeps none of the others.
    private async Task RemoveBridgesAsync(string function, IEnumerable<HostNetwork> networks)
    {
        string[] commands =
        [
            .. networks.Select(network => network.Bridge).Where(MachineNetwork.Has).Select(Interfaces.Remove),
        ];
        if (commands.Length > 0)
        {
            await tools.BatchAsync(function, commands).ConfigureAwait(false);
        }
    }
}
