using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Watching;

/// <summary>
/// Adds the counters of the endpoints of a container to its samples. HCS counts no network under schema 2.
/// </summary>
/// <remarks>The endpoints are looked for once, and again after one could not be read.</remarks>
internal sealed class EndpointCounters(HcsHost host, string container)
{
    private IReadOnlyList<Guid>? _endpoints;

    /// <summary>Adds the counters unless the sample has some. One that cannot be read never fails the sample.</summary>
    public async Task AddToAsync(Statistics sample, Deadline deadline)
    {
        if (sample.Network is { Length: > 0 })
        {
            return;
        }

        try
        {
            _endpoints ??= await FindAsync(deadline).ConfigureAwait(false);
            sample.Network = await Task.WhenAll(
                _endpoints.Select(id => host.Service.Networks.GetStatisticsAsync(id, deadline))).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HcsException or HcsDocumentException)
        {
            // The host has no networks, or an endpoint has gone.
            _endpoints = null;
        }
    }

    private async Task<IReadOnlyList<Guid>> FindAsync(Deadline deadline) =>
        await host.Ownership.FindRecordAsync(container, deadline).ConfigureAwait(false) is { Endpoints.Count: > 0 } own
            ? own.Endpoints
            : [.. (await NetworkNamespaces.OfContainerAsync(host, container, deadline).ConfigureAwait(false))?.Endpoints ?? []];
}
