using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Networks;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>The endpoints of a host.</summary>
/// <param name="networks">Their networks.</param>
/// <param name="links">Their veth pairs.</param>
/// <param name="tools">Runs nft.</param>
/// <param name="events">Learns of changes.</param>
internal sealed class HostEndpoints(HostNetworks networks, EndpointLinks links, NetworkTools tools, NetworkEvents events)
{
    private readonly ConcurrentDictionary<Guid, HostEndpoint> _all = new();
    private readonly Claims<Guid> _claims = new();
    private readonly HostPorts _ports = new();

    public IEnumerable<HostEndpoint> All => _all.Values;

    /// <summary>The endpoint of that id, as the document of a container names it; null when there is none.</summary>
    public HostEndpoint? Find(string? id) =>
        Guid.TryParse(id, out Guid guid) && _all.TryGetValue(guid, out HostEndpoint? endpoint) ? endpoint : null;

    /// <exception cref="HcsException">There is no such endpoint.</exception>
    public HostEndpoint Require(string function, Guid id) => _all.TryGetValue(id, out HostEndpoint? endpoint)
        ? endpoint
        : throw Refusal.Refused(function, HResult.EndpointNotFound, $"There is no endpoint {id} on this host.");

    /// <summary>Claims an endpoint for a change.</summary>
    /// <exception cref="OperationCanceledException">The caller has stopped waiting.</exception>
    public Task<IDisposable> ClaimAsync(Guid id, CancellationToken abandoned) => _claims.TakeAsync(id, abandoned);

    /// <exception cref="HcsException">
    /// The document is refused, there is such an endpoint, its address or a port is taken, or nft fails.
    /// </exception>
    public async Task<HostEndpoint> CreateAsync(
        string function, Guid id, HostComputeEndpoint document, CancellationToken abandoned)
    {
        using IDisposable claim = await ClaimAsync(id, abandoned).ConfigureAwait(false);
        HostNetwork network = networks.Require(
            function, Guid.TryParse(document.HostComputeNetwork, out Guid found) ? found : Guid.Empty);
        if (_all.ContainsKey(id))
        {
            throw Refusal.Refused(function, HResult.InvalidEndpoint, $"An endpoint with id {id} exists.");
        }

        EndpointRequest request = EndpointRequest.Read(id, document, network);
        uint address = network.TakeAddress(function, request.Address, request.ShownName);
        IReadOnlyList<PortReservation> ports = [];
        try
        {
            ports = _ports.Reserve(function, request.ShownName, request.Mappings);
            if (ports.Count > 0)
            {
                await tools.FilterAsync(function, network.Firewall.Add(address, ports)).ConfigureAwait(false);
            }

            return _all[id] = new HostEndpoint(request, network, address) { Ports = ports };
        }
        catch
        {
            _ports.Release(ports);
            network.Addresses.Release(address);
            throw;
        }
    }

    /// <exception cref="HcsException">There is no such endpoint, the request is refused, or nft fails.</exception>
    public async Task ModifyAsync(
        string function, Guid id, ModifyNetworkSettingRequest request, CancellationToken abandoned)
    {
        using IDisposable claim = await ClaimAsync(id, abandoned).ConfigureAwait(false);
        HostEndpoint endpoint = Require(function, id);
        IReadOnlyList<PortMapping> mappings = PortMapping.Read(
            function, NetworkModification.Policies(function, request), endpoint.Network);
        PortReservation[] kept = request.RequestType switch
        {
            "Add" => [.. endpoint.Ports],
            "Remove" => [.. endpoint.Ports.Where(port => !mappings.Any(port.Mapping.IsNamedBy))],
            "Update" => [.. endpoint.Ports.Where(port => mappings.Contains(port.Mapping))],
            _ => throw NetworkModification.Unsupported(
                function, $"RequestType: '{request.RequestType}' is none of Add, Remove and Update."),
        };
        PortReservation[] removed = [.. endpoint.Ports.Except(kept)];
        if (request.RequestType == "Remove"
            && mappings.FirstOrDefault(mapping => !endpoint.Ports.Any(port => port.Mapping.IsNamedBy(mapping))) is { } unknown)
        {
            throw Refusal.Refused(
                function,
                HResult.ElementNotFound,
                $"Policies: endpoint '{endpoint.ShownName}' does not map {unknown.Shown} to port {unknown.InternalPort}.");
        }

        IReadOnlyList<PortReservation> added = _ports.Reserve(function, endpoint.ShownName, request.RequestType switch
        {
            "Remove" => [],
            "Add" => mappings,
            _ => [.. mappings.Where(mapping => !kept.Any(port => port.Mapping == mapping))],
        });
        try
        {
            Firewall firewall = endpoint.Network.Firewall;
            string[] commands =
            [
                .. firewall.Remove(endpoint.Address, removed), .. firewall.Add(endpoint.Address, added),
            ];
            if (commands.Length > 0)
            {
                await tools.FilterAsync(function, commands).ConfigureAwait(false);
            }
        }
        catch
        {
            _ports.Release(added);
            throw;
        }

        endpoint.Ports = [.. kept, .. added];
        _ports.Release(removed);
    }

    /// <exception cref="HcsException">There is no such endpoint, a container has it, or a program fails.</exception>
    public async Task DeleteAsync(string function, Guid id, CancellationToken abandoned)
    {
        using IDisposable claim = await ClaimAsync(id, abandoned).ConfigureAwait(false);
        HostEndpoint endpoint = Require(function, id);
        if (endpoint.Namespace is not null)
        {
            await LeaveAsync(function, endpoint).ConfigureAwait(false);
        }
        else if (endpoint.Attachment is not null)
        {
            throw endpoint.AlreadyAttached(function);
        }

        if (endpoint.Ports.Count > 0)
        {
            await tools.FilterAsync(function, endpoint.Network.Firewall.Remove(endpoint.Address, endpoint.Ports))
                .ConfigureAwait(false);
        }

        _all.TryRemove(id, out _);
        _ports.Release(endpoint.Ports);
        endpoint.Network.Names.Release(endpoint.Pair);
        endpoint.Network.Addresses.Release(endpoint.Address);
    }

    /// <summary>Takes a claimed endpoint out of its namespace, and from the containers there.</summary>
    /// <exception cref="HcsException">ip fails.</exception>
    public async Task LeaveAsync(string function, HostEndpoint endpoint)
    {
        await links.DisconnectAsync(function, endpoint).ConfigureAwait(false);
        endpoint.Namespace?.Remove(endpoint);
        endpoint.Namespace = null;
        events.Tell(NetworkEventType.EndpointDetached, endpoint.Id);
    }

    /// <summary>Gives all ports back to the machine, because the host ends.</summary>
    public void Release()
    {
        _ports.Release(_all.Values.SelectMany(endpoint => endpoint.Ports));
        _all.Clear();
    }
}
