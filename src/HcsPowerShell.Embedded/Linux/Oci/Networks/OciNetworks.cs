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
using HcsPowerShell.Interop.Lifecycle;
using HcsPowerShell.Interop.Networks;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>
/// The networks of isolation Oci: a network is a bridge, an endpoint a veth pair, and one table of nftables translates,
/// maps and isolates for all of them.
/// </summary>
/// <remarks>
/// The objects are in memory, and end with the host. Changes run one after another; reading waits for none.
/// </remarks>
/// <param name="withHost">Does work with the folder of the host, which does not end meanwhile.</param>
/// <param name="tools">Runs ip and nft.</param>
internal sealed class OciNetworks(OciNetworks.HostUse withHost, NetworkTools tools) : NetworkServiceBase
{
    private readonly SemaphoreSlim _changing = new(1, 1);
    private readonly ConcurrentDictionary<Guid, HostNetwork> _networks = new();
    private readonly ConcurrentDictionary<Guid, HostEndpoint> _endpoints = new();
    private readonly ConcurrentDictionary<Guid, HostNamespace> _namespaces = new();
    private readonly NetworkEvents _events = new();
    private OwnNames? _names;
    private ForwardingHold? _forwarding;
    private bool _hasTable;
    private bool _hasEnded;
    private uint _lastNamespace;

    /// <summary>Does work with the folder of the host; the function is the one that errors show.</summary>
    public delegate Task<string> HostUse(string function, Func<HostFolder, Task<string>> work);

    private protected override Lifetime Lifetime { get; } = new();

    private Firewall Firewall => new(_names!.Table);

    /// <summary>Ends the calls, because the host ends.</summary>
    public void End() => Lifetime.End(HResult.ServiceDisconnect);

    /// <summary>Removes everything from the machine, after the containers.</summary>
    /// <exception cref="HcsException">A program fails; what is left is found by its name.</exception>
    public async Task RemoveAsync()
    {
        await _changing.WaitAsync().ConfigureAwait(false);
        try
        {
            _hasEnded = true;
            foreach (PortReservation port in _endpoints.Values.SelectMany(endpoint => endpoint.Ports))
            {
                port.Dispose();
            }

            string[] bridges = [.. _networks.Values.Select(network => network.Bridge)];
            _endpoints.Clear();
            _networks.Clear();
            await ClearAsync(ComputeOperation.DeleteNetwork.Function(), bridges).ConfigureAwait(false);
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>The endpoint of that id, as the document of a container names it; null when there is none.</summary>
    public HostEndpoint? FindEndpoint(string id) =>
        Guid.TryParse(id, out Guid guid) && _endpoints.TryGetValue(guid, out HostEndpoint? endpoint) ? endpoint : null;

    /// <summary>The namespace of that id; null when there is none.</summary>
    public HostNamespace? FindNamespace(string id) =>
        Guid.TryParse(id, out Guid guid) && _namespaces.TryGetValue(guid, out HostNamespace? found) ? found : null;

    /// <summary>Gives an endpoint to a container; does nothing when the container has it.</summary>
    /// <param name="function">The call that fails.</param>
    /// <param name="container">Id of the container.</param>
    /// <param name="processId">Host process id of its first process.</param>
    /// <param name="endpoint">The endpoint.</param>
    /// <exception cref="HcsException">Another container has it, or a program fails.</exception>
    public Task AttachAsync(string function, string container, int processId, HostEndpoint endpoint) =>
        ChangeAsync(function, CancellationToken.None, async () =>
        {
            if (endpoint.Attachment is { } had)
            {
                if (ContainerId.Comparer.Equals(had.Container, container))
                {
                    return;
                }

                throw AlreadyAttached(function, endpoint, $"container '{had.Container}'");
            }

            if (endpoint.Namespace is { } space)
            {
                throw AlreadyAttached(function, endpoint, $"namespace {HostComputeObject.IdText(space.Id)}");
            }

            await ConnectAsync(function, container, processId, endpoint).ConfigureAwait(false);
            _events.Tell(NetworkEventType.EndpointAttached, endpoint.Id);
        });

    /// <summary>Takes an endpoint from a container, if it has it.</summary>
    public Task DetachAsync(string function, string container, HostEndpoint endpoint) =>
        ChangeAsync(function, CancellationToken.None, async () =>
        {
            if (endpoint.Namespace is null && endpoint.Attachment is { } had
                && ContainerId.Comparer.Equals(had.Container, container))
            {
                await DisconnectAsync(function, endpoint).ConfigureAwait(false);
                _events.Tell(NetworkEventType.EndpointDetached, endpoint.Id);
            }
        });

    /// <summary>Gives a container the endpoints of a namespace, and those that come to it later.</summary>
    /// <exception cref="HcsException">Another container is in it, or a program fails.</exception>
    public Task JoinAsync(string function, string container, int processId, HostNamespace space) =>
        ChangeAsync(function, CancellationToken.None, async () =>
        {
            if (space.User is { } user)
            {
                throw Refusal.Refused(
                    function,
                    HResult.EndpointInNamespace,
                    $"Namespace: container '{user.Container}' is in namespace {space.Id} already;"
                        + " NetworkSharedContainerName shares its network.");
            }

            space.User = new NamespaceUser(container, processId);
            foreach (HostEndpoint endpoint in space.Endpoints)
            {
                await ConnectAsync(function, container, processId, endpoint).ConfigureAwait(false);
            }
        });

    /// <summary>Takes all endpoints from a container that has ended.</summary>
    /// <param name="container">Id of the container.</param>
    /// <param name="processId">Host process id of its first process.</param>
    public async Task ReleaseAsync(string container, int processId)
    {
        // A container without endpoints, the common case, waits for no change of another.
        if (!Has(processId))
        {
            return;
        }

        await _changing.WaitAsync().ConfigureAwait(false);
        try
        {
            foreach (HostEndpoint endpoint in _endpoints.Values.Where(one => IsOf(one.Attachment?.Container, one.Attachment?.ProcessId)))
            {
                await DisconnectAsync("HcsTerminateComputeSystem", endpoint).ConfigureAwait(false);
                if (endpoint.Namespace is null)
                {
                    _events.Tell(NetworkEventType.EndpointDetached, endpoint.Id);
                }
            }

            foreach (HostNamespace space in _namespaces.Values.Where(one => IsOf(one.User?.Container, one.User?.ProcessId)))
            {
                space.User = null;
            }
        }
        finally
        {
            _changing.Release();
        }

        // Another container may have got the number meanwhile.
        bool IsOf(string? user, int? process) => process == processId && ContainerId.Comparer.Equals(user, container);
    }

    /// <summary>The endpoint that a container has under the name of an interface; null when there is none.</summary>
    public HostEndpoint? FindAttached(int processId, string name) => _endpoints.Values.FirstOrDefault(
        endpoint => endpoint.Attachment is { } had && had.ProcessId == processId && had.Interface == name);

    private protected override IDisposable Subscribe(Action<NetworkEvent> tell) => _events.Subscribe(tell);

    private protected override Task<IReadOnlyList<Guid>> FindAsync(
        NetworkKind kind, string? filter, CancellationToken abandoned) => Task.FromResult(NetworkFilter.Apply(
            kind.Enumerate.Function(),
            filter,
            kind == NetworkKind.Network ? _networks.Values.Select(one => (one.Id, Members(
                    one.Id, one.Name, ("Type", one.Type.ToString()))))
                : kind == NetworkKind.Endpoint ? _endpoints.Values.Select(one => (one.Id, Members(
                    one.Id, one.Name, ("VirtualNetwork", one.Network.Id.ToString()))))
                : _namespaces.Values.Select(one => (one.Id, Members(one.Id, one.Name, ("Type", one.Type))))));

    private protected override async Task<string> ReadAsync(
        NetworkKind kind, Guid id, bool isDetailed, CancellationToken abandoned) => HcsJson.Write(
            kind == NetworkKind.Endpoint ? RequireEndpoint(kind.Query.Function(), id).Describe()
            : kind == NetworkKind.Namespace ? RequireNamespace(kind.Query.Function(), id).Describe()
            : await DescribeAsync(kind.Query.Function(), RequireNetwork(kind.Query.Function(), id), isDetailed)
                .ConfigureAwait(false));

    private protected override async Task<string> CreateAsync(
        NetworkKind kind, Guid id, HostComputeObject document, CancellationToken abandoned)
    {
        Guid chosen = id == Guid.Empty ? Guid.NewGuid() : id;
        string function = kind.Create.Function();
        string answer = string.Empty;
        await ChangeAsync(function, abandoned, async () => answer = document switch
        {
            HostComputeNetwork network => await withHost(
                function, host => CreateNetworkAsync(function, host, chosen, network, abandoned)).ConfigureAwait(false),
            HostComputeEndpoint endpoint => await withHost(
                function, _ => CreateEndpointAsync(function, chosen, endpoint)).ConfigureAwait(false),
            _ => CreateNamespace(function, chosen, (HostComputeNamespace)document),
        }).ConfigureAwait(false);
        return answer;
    }

    private protected override Task ModifyAsync(
        NetworkKind kind, Guid id, ModifyNetworkSettingRequest request, CancellationToken abandoned)
    {
        string function = kind.Modify.Function();
        return ChangeAsync(function, abandoned, () =>
            kind == NetworkKind.Endpoint ? ModifyEndpointAsync(function, RequireEndpoint(function, id), request)
            : kind == NetworkKind.Namespace ? ModifyNamespaceAsync(function, RequireNamespace(function, id), request)
            : ModifyNetworkAsync(function, RequireNetwork(function, id), request));
    }

    private protected override Task DeleteAsync(NetworkKind kind, Guid id, CancellationToken abandoned)
    {
        string function = kind.Delete.Function();
        return ChangeAsync(function, abandoned, () =>
            kind == NetworkKind.Endpoint ? DeleteEndpointAsync(function, RequireEndpoint(function, id))
            : kind == NetworkKind.Namespace ? DeleteNamespaceAsync(function, RequireNamespace(function, id))
            : DeleteNetworkAsync(function, RequireNetwork(function, id)));
    }

    private protected override Task<NetworkStats> GetStatisticsAsync(Guid endpoint, CancellationToken abandoned) =>
        Task.FromResult(EndpointCounters.Read(
            RequireEndpoint(ComputeOperation.EndpointStatistics.Function(), endpoint)));

    private protected override Task<Version?> GetVersionAsync(CancellationToken abandoned) =>
        Task.FromResult<Version?>(null);

    private static IReadOnlyDictionary<string, string?> Members(Guid id, string? name, (string Name, string? Value) own) =>
        new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["ID"] = id.ToString(), ["Name"] = name, [own.Name] = own.Value,
        };

    private bool Has(int processId) =>
        _endpoints.Values.Any(endpoint => endpoint.Attachment?.ProcessId == processId)
        || _namespaces.Values.Any(space => space.User?.ProcessId == processId);

    /// <summary>Runs a change after all earlier ones; starts none for a caller that has stopped waiting.</summary>
    private async Task ChangeAsync(string function, CancellationToken abandoned, Func<Task> change)
    {
        await _changing.WaitAsync(abandoned).ConfigureAwait(false);
        try
        {
            if (_hasEnded)
            {
                throw Refusal.ServiceDisconnect(null, function);
            }

            await change().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refusal.OfHost(null, function, null, e);
        }
        finally
        {
            _changing.Release();
        }
    }

    private async Task<HostComputeNetwork> DescribeAsync(string function, HostNetwork network, bool isDetailed) =>
        network.Describe(
            isDetailed
                ? await NetworkWarnings.FindAsync(tools, function, network.Type).ConfigureAwait(false)
                : []);

    private async Task<string> CreateNetworkAsync(
        string function, HostFolder host, Guid id, HostComputeNetwork document, CancellationToken abandoned)
    {
        NetworkRequest request = NetworkRequest.Read(id, document);
        if (_networks.ContainsKey(id) || _networks.Values.Any(one => !string.IsNullOrEmpty(one.Name)
            && one.Name!.Equals(document.Name, StringComparison.OrdinalIgnoreCase)))
        {
            throw Refusal.Refused(
                function, HResult.NetworkAlreadyExists, $"A network '{document.Name}', or one with this id, exists.");
        }

        NetworkTools.Require(function);
        MachineNetwork.Prepare();
        _names ??= new OwnNames(host.Host);
        File.WriteAllText(Path.Combine(host.Path, HostFolder.NetworksName), MachineNetwork.Namespace + "\n");
        HostNetwork? network = null;
        try
        {
            using (await MachineLock.TakeFileAsync(MachineNetwork.Lock, abandoned).ConfigureAwait(false))
            {
                MachineRoutes machine = MachineRoutes.Read(
                    await tools.AskAsync(function, "-4", "address", "show").ConfigureAwait(false),
                    await tools.AskAsync(function, "-4", "route", "show", "table", "all").ConfigureAwait(false));
                network = new HostNetwork(
                    request, Choose(function, request, machine), _names.NextBridge(), machine.Mtu);
                await MakeAsync(function, network, machine.Uplinks).ConfigureAwait(false);
            }
        }
        catch when (network is not null)
        {
            await UnmakeAsync(function, network).ConfigureAwait(false);
            throw;
        }

        _networks[id] = network;
        _events.Tell(NetworkEventType.NetworkCreated, id);
        return HcsJson.Write(await DescribeAsync(function, network, isDetailed: true).ConfigureAwait(false));
    }

    private async Task MakeAsync(string function, HostNetwork network, IReadOnlyList<string> uplinks)
    {
        await tools.FilterAsync(
            function, [.. _hasTable ? [] : new[] { Firewall.Make() }, .. Firewall.Add(network)]).ConfigureAwait(false);
        _hasTable = true;
        await tools.BatchAsync(function, Interfaces.MakeBridge(network)).ConfigureAwait(false);
        MachineNetwork.TurnOffIpv6(network.Bridge);
        MachineNetwork.SetForwarding(network.Bridge, network.Type == NetworkType.NAT);
        if (network.Type == NetworkType.NAT)
        {
            _forwarding ??= await ForwardingHold.TakeAsync(MachineNetwork.Forwarding, CancellationToken.None)
                .ConfigureAwait(false);
            _forwarding.TurnOn(uplinks);
        }

        await tools.BatchAsync(function, Interfaces.Open(network)).ConfigureAwait(false);
    }

    private Ip4Prefix Choose(string function, NetworkRequest request, MachineRoutes machine)
    {
        Ip4Prefix[] own = [.. _networks.Values.Select(network => network.Subnet)];
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
            await tools.BatchAsync(function, Interfaces.Remove(network.Bridge)).ConfigureAwait(false);
        }
        catch (HcsException)
        {
            // It was not made.
        }

        try
        {
            await RemoveFromFirewallAsync(function, network).ConfigureAwait(false);
        }
        catch (HcsException)
        {
            // It was not in the table.
        }
    }

    // What is as it was without a network, is so again after the last one.
    private async Task RemoveFromFirewallAsync(string function, HostNetwork network)
    {
        if (_networks.Values.Any(other => other != network))
        {
            await tools.FilterAsync(function, Firewall.Remove(network)).ConfigureAwait(false);
        }
        else
        {
            await ClearAsync(function, []).ConfigureAwait(false);
        }
    }

    private async Task ClearAsync(string function, string[] bridges)
    {
        if (bridges.Length > 0)
        {
            await tools.BatchAsync(function, [.. bridges.Select(Interfaces.Remove)]).ConfigureAwait(false);
        }

        if (_hasTable)
        {
            await tools.FilterAsync(function, Firewall.Remove()).ConfigureAwait(false);
            _hasTable = false;
        }

        if (_forwarding is { } forwarding)
        {
            _forwarding = null;
            using (await MachineLock.TakeFileAsync(MachineNetwork.Lock, CancellationToken.None).ConfigureAwait(false))
            {
                forwarding.Leave();
            }
        }
    }

    private static Task ModifyNetworkAsync(string function, HostNetwork network, ModifyNetworkSettingRequest request)
    {
        RequirePart(function, request, "Policy");
        HostComputePolicy? policy = PoliciesOf(function, request)?.FirstOrDefault();
        return policy is null ? Task.CompletedTask : throw Refusal.Refused(
            function,
            HResult.InvalidPolicyType,
            $"Policies: network '{network.Name}' has no policy {policy.Type} under isolation Oci.");
    }

    private async Task DeleteNetworkAsync(string function, HostNetwork network)
    {
        string[] names =
        [
            .. _endpoints.Values.Where(endpoint => endpoint.Network == network).Select(endpoint => $"'{endpoint.ShownName}'"),
        ];
        if (names.Length > 0)
        {
            throw Refusal.Refused(
                function, HResult.HasReferences, $"Network '{network.Name}' has endpoints: {string.Join(", ", names)}.");
        }

        await tools.BatchAsync(function, Interfaces.Remove(network.Bridge)).ConfigureAwait(false);
        _networks.TryRemove(network.Id, out _);
        _events.Tell(NetworkEventType.NetworkDeleted, network.Id);
        await RemoveFromFirewallAsync(function, network).ConfigureAwait(false);
    }

    private async Task<string> CreateEndpointAsync(string function, Guid id, HostComputeEndpoint document)
    {
        HostNetwork network = RequireNetwork(
            function, Guid.TryParse(document.HostComputeNetwork, out Guid found) ? found : Guid.Empty);
        if (_endpoints.ContainsKey(id))
        {
            throw Refusal.Refused(function, HResult.InvalidEndpoint, $"An endpoint with id {id} exists.");
        }

        EndpointRequest request = EndpointRequest.Read(id, document, network);
        IReadOnlyList<PortReservation> ports = Reserve(function, request.Mappings);
        uint? taken = null;
        try
        {
            taken = TakeAddress(function, network, request.Address);
            HostEndpoint endpoint = new(request, network, taken.Value, _names!.NextPair()) { Ports = ports };
            if (ports.Count > 0)
            {
                await tools.FilterAsync(function, Firewall.Add(endpoint, ports)).ConfigureAwait(false);
            }

            _endpoints[id] = endpoint;
            return HcsJson.Write(endpoint.Describe());
        }
        catch
        {
            Release(ports);
            if (taken is { } address)
            {
                network.Addresses.Release(address);
            }

            throw;
        }
    }

    private static uint TakeAddress(string function, HostNetwork network, uint? wanted)
    {
        if (wanted is not { } address)
        {
            return network.Addresses.TakeNext() ?? throw Refusal.Refused(
                function, HResult.AddressReserved, $"No address of '{network.Subnet}' is free in network '{network.Name}'.");
        }

        return network.Addresses.TryTake(address)
            ? address
            : throw Refusal.Refused(
                function,
                HResult.AddressReserved,
                $"IpConfigurations: '{Ip4Address.Write(address)}' is taken, or kept for the network itself.");
    }

    private async Task ModifyEndpointAsync(
        string function, HostEndpoint endpoint, ModifyNetworkSettingRequest request)
    {
        RequirePart(function, request, "Policy");
        IReadOnlyList<PortMapping> mappings = PortMapping.Read(
            function, PoliciesOf(function, request), endpoint.Network);
        PortReservation[] kept = request.RequestType switch
        {
            "Add" => [.. endpoint.Ports],
            "Remove" => [.. endpoint.Ports.Where(port => !mappings.Any(port.Mapping.IsNamedBy))],
            "Update" => [.. endpoint.Ports.Where(port => mappings.Contains(port.Mapping))],
            _ => throw Unsupported(function, $"RequestType: '{request.RequestType}' is none of Add, Remove and Update."),
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

        IReadOnlyList<PortReservation> added = Reserve(function, request.RequestType switch
        {
            "Remove" => [],
            "Add" => mappings,
            _ => [.. mappings.Where(mapping => !kept.Any(port => port.Mapping == mapping))],
        });
        try
        {
            string[] commands = [.. Firewall.Remove(endpoint, removed), .. Firewall.Add(endpoint, added)];
            if (commands.Length > 0)
            {
                await tools.FilterAsync(function, commands).ConfigureAwait(false);
            }
        }
        catch
        {
            Release(added);
            throw;
        }

        endpoint.Ports = [.. kept, .. added];
        Release(removed);
    }

    private async Task DeleteEndpointAsync(string function, HostEndpoint endpoint)
    {
        if (endpoint.Namespace is { } space)
        {
            await LeaveAsync(function, space, endpoint).ConfigureAwait(false);
        }
        else if (endpoint.Attachment is { } had)
        {
            throw AlreadyAttached(function, endpoint, $"container '{had.Container}'");
        }

        if (endpoint.Ports.Count > 0)
        {
            await tools.FilterAsync(function, Firewall.Remove(endpoint, endpoint.Ports)).ConfigureAwait(false);
        }

        Release(endpoint.Ports);
        endpoint.Network.Addresses.Release(endpoint.Address);
        _endpoints.TryRemove(endpoint.Id, out _);
    }

    private string CreateNamespace(string function, Guid id, HostComputeNamespace document)
    {
        if (_namespaces.ContainsKey(id))
        {
            throw Refusal.Refused(function, HResult.EndpointInNamespace, $"A namespace with id {id} exists.");
        }

        if (document.Type is not (null or "" or "Host" or "HostDefault"))
        {
            throw Refusal.NotSupported(
                null, function, $"Type: isolation Oci has no guests, and no namespace of type {document.Type}.");
        }

        HostNamespace space = new(id, ++_lastNamespace, document);
        _namespaces[id] = space;
        _events.Tell(NetworkEventType.NamespaceCreated, id);
        return HcsJson.Write(space.Describe());
    }

    private async Task ModifyNamespaceAsync(
        string function, HostNamespace space, ModifyNetworkSettingRequest request)
    {
        RequirePart(function, request, NamespaceResource.Endpoint);
        string? id = Read<NamespaceEndpoint>(function, request).EndpointId;
        HostEndpoint endpoint = RequireEndpoint(function, Guid.TryParse(id, out Guid found) ? found : Guid.Empty);
        switch (request.RequestType)
        {
            case "Add":
                await EnterAsync(function, space, endpoint).ConfigureAwait(false);
                break;
            case "Remove" when endpoint.Namespace == space:
                await LeaveAsync(function, space, endpoint).ConfigureAwait(false);
                break;
            case "Remove":
                throw Refusal.Refused(
                    function,
                    HResult.EndpointNotAttached,
                    $"Settings: endpoint '{endpoint.ShownName}' is not in namespace {space.Id}.");
            default:
                throw Unsupported(function, $"RequestType: '{request.RequestType}' is none of Add and Remove.");
        }
    }

    private async Task EnterAsync(string function, HostNamespace space, HostEndpoint endpoint)
    {
        if (endpoint.Namespace is { } other)
        {
            throw Refusal.Refused(
                function,
                HResult.EndpointInNamespace,
                $"Endpoint '{endpoint.ShownName}' is in namespace {HostComputeObject.IdText(other.Id)} already.");
        }

        if (endpoint.Attachment is { } had)
        {
            throw AlreadyAttached(function, endpoint, $"container '{had.Container}'");
        }

        if (space.User is { } user)
        {
            await ConnectAsync(function, user.Container, user.ProcessId, endpoint).ConfigureAwait(false);
        }

        endpoint.Namespace = space;
        space.Endpoints = [.. space.Endpoints, endpoint];
        _events.Tell(NetworkEventType.EndpointAttached, endpoint.Id);
    }

    private async Task LeaveAsync(string function, HostNamespace space, HostEndpoint endpoint)
    {
        await DisconnectAsync(function, endpoint).ConfigureAwait(false);
        endpoint.Namespace = null;
        space.Endpoints = [.. space.Endpoints.Where(other => other != endpoint)];
        _events.Tell(NetworkEventType.EndpointDetached, endpoint.Id);
    }

    private async Task DeleteNamespaceAsync(string function, HostNamespace space)
    {
        if (space.User is { } user)
        {
            throw Unsupported(function, $"Container '{user.Container}' is in namespace {space.Id}.");
        }

        foreach (HostEndpoint endpoint in space.Endpoints)
        {
            await LeaveAsync(function, space, endpoint).ConfigureAwait(false);
        }

        _namespaces.TryRemove(space.Id, out _);
        _events.Tell(NetworkEventType.NamespaceDeleted, space.Id);
    }

    private async Task ConnectAsync(string function, string container, int processId, HostEndpoint endpoint)
    {
        string name = EndpointCounters.FreeName(processId);
        bool isDefault = !_endpoints.Values.Any(other => other.Attachment?.ProcessId == processId
            && other.Routes.Any(route => route.IsDefault));
        await tools.BatchAsync(function, Interfaces.MakePair(endpoint, processId, name)).ConfigureAwait(false);
        endpoint.Attachment = new Attachment(container, processId, name);
        try
        {
            await tools.BatchInAsync(function, processId, Interfaces.Configure(endpoint, name, isDefault))
                .ConfigureAwait(false);
        }
        catch
        {
            await DisconnectAsync(function, endpoint).ConfigureAwait(false);
            throw;
        }
    }

    private async Task DisconnectAsync(string function, HostEndpoint endpoint)
    {
        if (endpoint.Attachment is null)
        {
            return;
        }

        try
        {
            await tools.BatchAsync(function, Interfaces.Remove(endpoint.Pair)).ConfigureAwait(false);
        }
        catch (HcsException)
        {
            // The kernel removes the pair of a container that has ended, in its own time.
        }

        endpoint.Attachment = null;
    }

    private IReadOnlyList<PortReservation> Reserve(string function, IReadOnlyList<PortMapping> mappings)
    {
        List<PortReservation> reserved = [];
        try
        {
            foreach (PortMapping mapping in mappings)
            {
                reserved.Add(PortReservation.TryTake(function, mapping) ?? throw PortTaken(function, mapping, reserved));
            }

            return reserved;
        }
        catch
        {
            Release(reserved);
            throw;
        }
    }

    private HcsException PortTaken(string function, PortMapping wanted, List<PortReservation> own)
    {
        string? owner = _endpoints.Values
            .Where(endpoint => endpoint.Ports.Any(Conflicts))
            .Select(endpoint => $"endpoint '{endpoint.ShownName}'")
            .FirstOrDefault();
        return Refusal.Refused(
            function,
            HResult.PortAlreadyExists,
            $"Port {wanted.Shown} of the host belongs to "
                + (owner ?? (own.Any(Conflicts) ? "this endpoint" : "another program")) + " already.");

        bool Conflicts(PortReservation port) =>
            port.Mapping.Protocol == wanted.Protocol && port.Mapping.ExternalPort == wanted.ExternalPort
            && (port.Mapping.Address is null || wanted.Address is null || port.Mapping.Address == wanted.Address);
    }

    private static void Release(IEnumerable<PortReservation> ports)
    {
        foreach (PortReservation port in ports)
        {
            port.Dispose();
        }
    }

    private HostNetwork RequireNetwork(string function, Guid id) =>
        _networks.TryGetValue(id, out HostNetwork? network)
            ? network
            : throw Refusal.Refused(function, HResult.NetworkNotFound, $"There is no network {id} on this host.");

    private HostEndpoint RequireEndpoint(string function, Guid id) =>
        _endpoints.TryGetValue(id, out HostEndpoint? endpoint)
            ? endpoint
            : throw Refusal.Refused(function, HResult.EndpointNotFound, $"There is no endpoint {id} on this host.");

    private HostNamespace RequireNamespace(string function, Guid id) =>
        _namespaces.TryGetValue(id, out HostNamespace? found)
            ? found
            : throw Refusal.Refused(function, HResult.ElementNotFound, $"There is no namespace {id} on this host.");

    private static HcsException AlreadyAttached(string function, HostEndpoint endpoint, string owner) => Refusal.Refused(
        function, HResult.EndpointAlreadyAttached, $"Endpoint '{endpoint.ShownName}' is attached to {owner} already.");

    private static void RequirePart(string function, ModifyNetworkSettingRequest request, string part)
    {
        if (!part.Equals(request.ResourceType, StringComparison.OrdinalIgnoreCase))
        {
            throw Unsupported(function, $"ResourceType: isolation Oci changes {part}, not '{request.ResourceType}'.");
        }
    }

    private static HostComputePolicy[]? PoliciesOf(string function, ModifyNetworkSettingRequest request) =>
        Read<HostComputeEndpoint>(function, request).Policies;

    private static T Read<T>(string function, ModifyNetworkSettingRequest request)
        where T : HcsDocument
    {
        try
        {
            return HcsJson.Read<T>(request.Settings?.Text ?? "{}");
        }
        catch (HcsDocumentException e)
        {
            throw Refusal.Refused(function, HResult.InvalidNetworkJson, $"Settings: {e.Message}", e);
        }
    }

    private static HcsException Unsupported(string function, string message) =>
        Refusal.Refused(function, HResult.NetworkRequestUnsupported, message);
}
