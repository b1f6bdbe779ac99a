using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Errors;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Documents.Rules;

namespace HcsPowerShell.Targets;

/// <summary>
/// Compares a document with the networks of its host: a network with the other networks, an endpoint with its network and
/// the ports of the others, and a container with the endpoints and the namespace that it names.
/// </summary>
internal sealed class NetworkOnHostCheck
{
    private readonly HcsHost _host;
    private readonly Deadline _deadline;
    private readonly List<DocumentProblem> _problems = [];

    private NetworkOnHostCheck(HcsHost host, Deadline deadline) => (_host, _deadline) = (host, deadline);

    /// <summary>Returns every problem; what may not be read is one.</summary>
    /// <param name="host">The host.</param>
    /// <param name="document">The document; one that names nothing of a network has no problems here.</param>
    /// <param name="deadline">The time limit of the command.</param>
    public static async Task<IReadOnlyList<DocumentProblem>> RunAsync(HcsHost host, HcsDocument document, Deadline deadline)
    {
        NetworkOnHostCheck check = new(host, deadline);
        await (document switch
        {
            HostComputeNetwork network => check.TryAsync("$", () => check.NetworkAsync(network)),
            HostComputeEndpoint endpoint => check.TryAsync("$", () => check.EndpointAsync(endpoint)),
            ContainerConfig config => check.EndpointsAsync(config.EndpointList ?? []),
            ComputeSystem { HostingSystemId: null or "", Container: { } container } =>
                check.NamespaceAsync(container.Networking?.Namespace, "Container.Networking.Namespace"),
            Container container => check.NamespaceAsync(container.Networking?.Namespace, "Networking.Namespace"),
            _ => Task.CompletedTask,
        }).ConfigureAwait(false);
        return check._problems;
    }

    private async Task NetworkAsync(HostComputeNetwork network)
    {
        IReadOnlyList<HostComputeNetwork> others = await NetworkObjects
            .ListAsync<HostComputeNetwork>(_host, null, isDetailed: false, _deadline).ConfigureAwait(false);
        if (others.Any(other => string.Equals(other.Name, network.Name, StringComparison.OrdinalIgnoreCase)))
        {
            Add(nameof(network.Name), $"There is a network '{network.Name}' already.");
            return;
        }

        foreach ((HostComputeSubnet subnet, string path) in (network.Ipams ?? []).SelectMany((ipam, i) =>
            (ipam?.Subnets ?? []).Select((subnet, j) => (subnet, $"Ipams[{i}].Subnets[{j}].IpAddressPrefix"))))
        {
            if (AddressPrefix.Parse(subnet?.IpAddressPrefix ?? string.Empty, out _) is { } prefix
                && others.FirstOrDefault(other => NetworkRules.PrefixesOf(other).Any(prefix.Overlaps)) is { } same)
            {
                Add(path, $"{prefix} overlaps {NetworkRules.PrefixesOf(same).First(prefix.Overlaps)} of network '{same.ShownName}'.");
            }
        }
    }

    private async Task EndpointAsync(HostComputeEndpoint endpoint)
    {
        if (HcsEndpoint.GuidOf(endpoint.HostComputeNetwork) is { } id)
        {
            if (await NetworkObjects.TryReadAsync<HostComputeNetwork>(_host, id, isDetailed: false, _deadline)
                .ConfigureAwait(false) is { } network)
            {
                _problems.AddRange(EndpointRules.Check(endpoint, network).Except(EndpointRules.Check(endpoint, network: null)));
            }
            else
            {
                Add(nameof(endpoint.HostComputeNetwork), $"There is no network '{id}' on host '{_host.Name}'.");
            }
        }

        (HcsPortMapping Port, int At)[] ports =
        [
            .. (endpoint.Policies ?? []).Select((policy, i) => (Port: HcsPortMapping.Of(policy), At: i))
                .Where(mapped => mapped.Port?.HostPort is not null)
                .Select(mapped => (mapped.Port!, mapped.At)),
        ];
        if (ports.Length == 0)
        {
            return;
        }

        IReadOnlyList<HostComputeEndpoint> all = await NetworkObjects
            .ListAsync<HostComputeEndpoint>(_host, null, isDetailed: true, _deadline).ConfigureAwait(false);
        foreach ((HcsPortMapping port, int at) in ports)
        {
            if (PortUse.Find(all, [port]) is { } taken)
            {
                Add($"Policies[{at}].Settings.ExternalPort", taken);
            }
        }
    }

    // On Linux an entry can also be the name of a network namespace or of an interface.
    private async Task EndpointsAsync(IReadOnlyList<string> endpoints)
    {
        for (int i = 0; i < endpoints.Count; i++)
        {
            if (HcsEndpoint.GuidOf(endpoints[i]) is { } id)
            {
                await ExistsAsync<HostComputeEndpoint>(id, "endpoint", $"EndpointList[{i}]").ConfigureAwait(false);
            }
        }
    }

    private Task NamespaceAsync(string? space, string path) => HcsEndpoint.GuidOf(space) is { } id
        ? ExistsAsync<HostComputeNamespace>(id, "network namespace", path)
        : Task.CompletedTask;

    private Task ExistsAsync<T>(Guid id, string kind, string path)
        where T : HostComputeObject => TryAsync(path, async () =>
        {
            if (await NetworkObjects.TryReadAsync<T>(_host, id, isDetailed: false, _deadline).ConfigureAwait(false) is null)
            {
                Add(path, $"There is no {kind} '{id}' on host '{_host.Name}'.");
            }
        });

    // A time limit that has passed says nothing about the document.
    private async Task TryAsync(string path, Func<Task> check)
    {
        try
        {
            await check().ConfigureAwait(false);
        }
        catch (HcsException e) when (!e.Is(HResult.OperationTimeout))
        {
            Add(path, HcsErrors.Reason(e));
        }
    }

    private void Add(string path, string message) => _problems.Add(new DocumentProblem(path, message));
}
