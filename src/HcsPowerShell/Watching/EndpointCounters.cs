using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
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
    // The longest time that a sample waits for its counters; they get half of the time that is left at most.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private IReadOnlyList<Guid>? _endpoints;
    private bool _isUnanswered;

    /// <summary>
    /// Adds the counters unless the sample has some. One that cannot be read never fails the sample, and a service that
    /// does not answer in time is not asked again.
    /// </summary>
    public async Task AddToAsync(Statistics sample, Deadline deadline)
    {
        if (_isUnanswered || sample.Network is { Length: > 0 })
        {
            return;
        }

        using var share = CancellationTokenSource.CreateLinkedTokenSource(deadline.Stop);
        share.CancelAfter(
            ((CallOptions)deadline).Timeout is { } left && left < s_patience + s_patience
                ? TimeSpan.FromTicks(left.Ticks / 2)
                : s_patience);
        Deadline own = deadline.Continue(share.Token);
        try
        {
            _endpoints ??= await FindAsync(own).ConfigureAwait(false);
            sample.Network = await Task.WhenAll(
                _endpoints.Select(id => host.Service.Networks.GetStatisticsAsync(id, own))).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!deadline.Stop.IsCancellationRequested)
        {
            _isUnanswered = true;
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
