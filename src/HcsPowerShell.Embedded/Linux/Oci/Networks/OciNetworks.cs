using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
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
/// The objects are in memory, and end with the host. Reading waits for no change, and changes of different endpoints run
/// side by side.
/// </remarks>
internal sealed class OciNetworks : NetworkServiceBase
{
    private readonly HostUse _withHost;
    private readonly NetworkEvents _events = new();
    private readonly NetworkChanges _changes = new();
    private readonly HostNetworks _networks;
    private readonly EndpointLinks _links;

    /// <param name="withHost">Does work with the folder of the host, which does not end meanwhile.</param>
    /// <param name="tools">Runs ip and nft.</param>
    public OciNetworks(HostUse withHost, NetworkTools tools)
    {
        _withHost = withHost;
        _networks = new HostNetworks(tools, _events);
        _links = new EndpointLinks(tools);
        Endpoints = new HostEndpoints(_networks, _links, tools, _events);
        Namespaces = new HostNamespaces(Endpoints, _links, _events);
        Attachments = new Attachments(_changes, Endpoints, Namespaces, _links, _events);
    }

    /// <summary>Does work with the folder of the host; the function is the one that errors show.</summary>
    public delegate Task<string> HostUse(string function, Func<HostFolder, Task<string>> work);

    public HostEndpoints Endpoints { get; }

    public HostNamespaces Namespaces { get; }

    /// <summary>The endpoints in containers.</summary>
    public Attachments Attachments { get; }

    private protected override Lifetime Lifetime { get; } = new();

    /// <summary>Ends the calls, because the host ends.</summary>
    public void End() => Lifetime.End(HResult.ServiceDisconnect);

    /// <summary>Removes everything from the machine, after the containers and the changes that are under way.</summary>
    /// <exception cref="HcsException">A program fails; what is left is found by its name.</exception>
    public async Task RemoveAsync()
    {
        string function = ComputeOperation.DeleteNetwork.Function();
        await _changes.EndAsync().ConfigureAwait(false);
        Endpoints.Release();
        await _links.RemoveAsync(function).ConfigureAwait(false);
        await _networks.RemoveAsync(function).ConfigureAwait(false);
    }

    private protected override IDisposable Subscribe(Action<NetworkEvent> tell) => _events.Subscribe(tell);

    private protected override Task<IReadOnlyList<Guid>> FindAsync(
        NetworkKind kind, string? filter, CancellationToken abandoned) => Task.FromResult(NetworkFilter.Apply(
            kind.Enumerate.Function(),
            filter,
            kind == NetworkKind.Network ? _networks.All.Select(one => (one.Id, Members(
                    one.Id, one.Name, ("Type", one.Type.ToString()))))
                : kind == NetworkKind.Endpoint ? Endpoints.All.Select(one => (one.Id, Members(
                    one.Id, one.Name, ("VirtualNetwork", one.Network.Id.ToString()))))
                : Namespaces.All.Select(one => (one.Id, Members(one.Id, one.Name, ("Type", one.Type))))));

    private protected override async Task<string> ReadAsync(
        NetworkKind kind, Guid id, bool isDetailed, CancellationToken abandoned) => HcsJson.Write(
            kind == NetworkKind.Endpoint ? Endpoints.Require(kind.Query.Function(), id).Describe()
            : kind == NetworkKind.Namespace ? Namespaces.Require(kind.Query.Function(), id).Describe()
            : await _networks.DescribeAsync(
                kind.Query.Function(), _networks.Require(kind.Query.Function(), id), isDetailed).ConfigureAwait(false));

    private protected override Task<string> CreateAsync(
        NetworkKind kind, Guid id, HostComputeObject document, CancellationToken abandoned)
    {
        Guid chosen = id == Guid.Empty ? Guid.NewGuid() : id;
        string function = kind.Create.Function();
        return _changes.RunAsync(function, () => document switch
        {
            HostComputeNetwork network => _withHost(function, async host => HcsJson.Write(
                await _networks.CreateAsync(function, host, chosen, network, abandoned).ConfigureAwait(false))),
            HostComputeEndpoint endpoint => _withHost(function, async _ => HcsJson.Write(
                (await Endpoints.CreateAsync(function, chosen, endpoint, abandoned).ConfigureAwait(false)).Describe())),
            _ => Task.FromResult(HcsJson.Write(
                Namespaces.Create(function, chosen, (HostComputeNamespace)document).Describe())),
        });
    }

    private protected override Task ModifyAsync(
        NetworkKind kind, Guid id, ModifyNetworkSettingRequest request, CancellationToken abandoned)
    {
        string function = kind.Modify.Function();
        return _changes.RunAsync(function, () =>
        {
            if (kind == NetworkKind.Network)
            {
                _networks.Modify(function, id, request);
                return Task.CompletedTask;
            }

            return kind == NetworkKind.Endpoint
                ? Endpoints.ModifyAsync(function, id, request, abandoned)
                : Namespaces.ModifyAsync(function, id, request, abandoned);
        });
    }

    private protected override Task DeleteAsync(NetworkKind kind, Guid id, CancellationToken abandoned)
    {
        string function = kind.Delete.Function();
        return _changes.RunAsync(function, () =>
            kind == NetworkKind.Endpoint ? Endpoints.DeleteAsync(function, id, abandoned)
            : kind == NetworkKind.Namespace ? Namespaces.DeleteAsync(function, id, abandoned)
            : _networks.DeleteAsync(function, id, abandoned));
    }

    private protected override Task<NetworkStats> GetStatisticsAsync(Guid endpoint, CancellationToken abandoned) =>
        Task.FromResult(EndpointCounters.Read(
            Endpoints.Require(ComputeOperation.EndpointStatistics.Function(), endpoint)));

    private protected override Task<Version?> GetVersionAsync(CancellationToken abandoned) =>
        Task.FromResult<Version?>(null);

    private static IReadOnlyDictionary<string, string?> Members(Guid id, string? name, (string Name, string? Value) own) =>
        new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["ID"] = id.ToString(), ["Name"] = name, [own.Name] = own.Value,
        };
}
