using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Targets;

/// <summary>Finds network namespaces by the containers in them.</summary>
internal static class NetworkNamespaces
{
    /// <summary>The namespaces of a host; none on a host that has no namespaces.</summary>
    public static async Task<IReadOnlyList<HostComputeNamespace>> ListAsync(HcsHost host, Deadline deadline)
    {
        try
        {
            return await NetworkObjects.ListAsync<HostComputeNamespace>(host, null, isDetailed: false, deadline)
                .ConfigureAwait(false);
        }
        catch (HcsException e) when (e.Is(HResult.NotSupported) || e.Is(HResult.NotImplemented))
        {
            return [];
        }
    }

    /// <summary>The namespace that a container is in; null when it is in none.</summary>
    public static async Task<HostComputeNamespace?> OfContainerAsync(HcsHost host, string container, Deadline deadline) =>
        (await ListAsync(host, deadline).ConfigureAwait(false)).FirstOrDefault(space => ContainersOf(space)
            .Contains(container, ContainerId.Comparer));

    /// <summary>The ids of the containers in a namespace.</summary>
    public static IEnumerable<string> ContainersOf(HostComputeNamespace space) => (space.Resources ?? [])
        .Where(resource => resource?.Type == "Container")
        .Select(resource => resource.Data?.Id)
        .OfType<string>();

    /// <summary>Adds an endpoint to a namespace, or removes it.</summary>
    /// <param name="host">The host.</param>
    /// <param name="space">Guid of the namespace.</param>
    /// <param name="endpoint">Guid of the endpoint.</param>
    /// <param name="action">Add or Remove.</param>
    /// <param name="deadline">The time limit.</param>
    public static Task ModifyAsync(HcsHost host, Guid space, Guid endpoint, string action, Deadline deadline) =>
        host.Service.Networks.ModifyAsync<HostComputeNamespace>(
            space,
            ModifyNetworkSettingRequest.OfEndpoint(action, HostComputeObject.IdText(endpoint)),
            deadline);
}
