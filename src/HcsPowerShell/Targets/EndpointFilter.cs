using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Targets;

/// <summary>The conditions that an endpoint has to fit; an empty one fits all.</summary>
internal sealed class EndpointFilter(HcsHost host)
{
    private readonly KnownSystems _systems = new(host);
    private IReadOnlyList<HostComputeNamespace>? _namespaces;
    private IReadOnlyList<Guid>? _left;
    private IReadOnlyDictionary<Guid, string>? _owners;

    /// <summary>Ids or patterns of containers.</summary>
    public IReadOnlyList<string> Containers { get; init; } = [];

    /// <summary>Addresses or patterns of addresses.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>Ports of the host.</summary>
    public IReadOnlyList<int> Ports { get; init; } = [];

    /// <summary>
    /// True for endpoints that a container has left by its record, or that name systems of which none exists.
    /// </summary>
    public bool IsOrphaned { get; init; }

    /// <summary>True when the endpoint fits every condition.</summary>
    public async Task<bool> FitsAsync(HcsEndpoint endpoint, Deadline deadline) =>
        (Addresses.Count == 0 || endpoint.IPAddress.Any(address => Matches(Addresses, address)))
        && (Ports.Count == 0 || endpoint.PortMapping.Any(port => port.HostPort is { } number && Ports.Contains(number)))
        && (Containers.Count == 0 || await IsOfContainerAsync(endpoint, deadline).ConfigureAwait(false))
        && (!IsOrphaned || await IsLeftBehindAsync(endpoint, deadline).ConfigureAwait(false));

    private static bool Matches(IEnumerable<string> patterns, string text) => patterns.Any(pattern =>
        ContainerId.Comparer.Equals(pattern, text) || IdPattern.Parse(pattern)?.IsMatch(text) == true);

    private async Task<bool> IsLeftBehindAsync(HcsEndpoint endpoint, Deadline deadline)
    {
        _left ??= await host.Ownership.FindOrphanedEndpointsAsync(() => deadline).ConfigureAwait(false);
        return _left.Contains(endpoint.Id)
            || (endpoint.Containers.Count > 0
                && (await _systems.OfAsync(endpoint.Containers, deadline).ConfigureAwait(false)).Count == 0);
    }

    // An endpoint in a namespace belongs to the containers in it, whether or not it names them itself.
    private async Task<bool> IsOfContainerAsync(HcsEndpoint endpoint, Deadline deadline)
    {
        if (endpoint.Containers.Any(id => Matches(Containers, id)))
        {
            return true;
        }

        _owners ??= await host.Ownership.FindNetworkOwnersAsync(deadline).ConfigureAwait(false);
        if (_owners.TryGetValue(endpoint.Id, out string? owner))
        {
            return Matches(Containers, owner);
        }

        if (endpoint.NamespaceId is not { } id)
        {
            return false;
        }

        if (_owners.TryGetValue(id, out owner))
        {
            return Matches(Containers, owner);
        }

        _namespaces ??= await NetworkNamespaces.ListAsync(host, deadline).ConfigureAwait(false);
        return _namespaces.Any(space =>
            space.Guid == id && NetworkNamespaces.ContainersOf(space).Any(container => Matches(Containers, container)));
    }
}
