using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Targets;

/// <summary>Describes endpoints, with the names of their networks, each of which is read once.</summary>
internal sealed class NetworkNames(HcsHost host)
{
    private readonly Dictionary<Guid, string?> _names = new();

    /// <summary>Creates the object for an endpoint.</summary>
    public async Task<HcsEndpoint> DescribeAsync(HostComputeEndpoint endpoint, Deadline deadline) =>
        new(host, endpoint, await NameOfAsync(HcsEndpoint.GuidOf(endpoint.HostComputeNetwork), deadline).ConfigureAwait(false));

    private async Task<string?> NameOfAsync(Guid? id, Deadline deadline)
    {
        if (id is not { } network)
        {
            return null;
        }

        if (!_names.TryGetValue(network, out string? name))
        {
            name = (await NetworkObjects.TryReadAsync<HostComputeNetwork>(host, network, isDetailed: false, deadline)
                .ConfigureAwait(false))?.Name;
            _names[network] = name;
        }

        return name;
    }
}
