using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using HcsPowerShell.Documents;
using HcsPowerShell.Errors;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Targets;

/// <summary>Reads networks, endpoints and namespaces of a host. Others delete them while they are listed.</summary>
internal static class NetworkObjects
{
    /// <summary>The filter of the service for a name.</summary>
    public static string ByName(string name) => $"{{\"Name\":{DocumentText.From(name)}}}";

    /// <summary>The filter of the service for the endpoints of a network. The service knows this name of version 1 only.</summary>
    public static string OnNetwork(Guid network) => $"{{\"VirtualNetwork\":{DocumentText.From(HostComputeObject.IdText(network))}}}";

    /// <summary>Reads an object; null when there is none.</summary>
    public static async Task<T?> TryReadAsync<T>(HcsHost host, Guid id, bool isDetailed, Deadline deadline)
        where T : HostComputeObject
    {
        try
        {
            return await host.Service.Networks.GetAsync<T>(id, isDetailed, deadline).ConfigureAwait(false);
        }
        catch (HcsException e) when (e.IsNetworkObjectNotFound)
        {
            return null;
        }
    }

    /// <summary>Reads an endpoint, with the containers that it is attached to.</summary>
    /// <exception cref="NetworkException">There is none.</exception>
    public static async Task<HostComputeEndpoint> ReadEndpointAsync(HcsHost host, Guid id, Deadline deadline) =>
        await TryReadAsync<HostComputeEndpoint>(host, id, isDetailed: true, deadline).ConfigureAwait(false)
        ?? throw NotFound<HostComputeEndpoint>(host, id.ToString());

    /// <summary>Reads objects one after the other, and passes each on as soon as it is read.</summary>
    public static async Task ForEachAsync<T>(
        HcsHost host, string? filter, bool isDetailed, Func<T, Task> use, Deadline deadline)
        where T : HostComputeObject
    {
        foreach (Guid id in await host.Service.Networks.FindAsync<T>(filter, deadline).ConfigureAwait(false))
        {
            if (await TryReadAsync<T>(host, id, isDetailed, deadline).ConfigureAwait(false) is { } found)
            {
                await use(found).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Reads the objects that a filter finds.</summary>
    public static async Task<IReadOnlyList<T>> ListAsync<T>(
        HcsHost host, string? filter, bool isDetailed, Deadline deadline)
        where T : HostComputeObject
    {
        List<T> found = [];
        await ForEachAsync<T>(
            host,
            filter,
            isDetailed,
            one =>
            {
                found.Add(one);
                return Task.CompletedTask;
            },
            deadline).ConfigureAwait(false);
        return found;
    }

    /// <summary>The refusal of a name or an id that no object has.</summary>
    public static NetworkException NotFound<T>(HcsHost host, string name)
        where T : HostComputeObject => typeof(T) == typeof(HostComputeEndpoint)
            ? new NetworkException(NetworkProblem.EndpointNotFound, $"There is no endpoint '{name}' on host '{host.Name}'.")
            : new NetworkException(NetworkProblem.NetworkNotFound, $"There is no network '{name}' on host '{host.Name}'.");
}
