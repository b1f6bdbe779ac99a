using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>The veth pairs of attached endpoints. Whoever makes or removes one has claimed the endpoint.</summary>
/// <param name="tools">Runs ip.</param>
internal sealed class EndpointLinks(NetworkTools tools)
{
    private readonly Claims<string> _places = new();
    private readonly ConcurrentDictionary<Guid, HostEndpoint> _linked = new();

    /// <summary>The endpoints that are attached, or are just being attached.</summary>
    public IEnumerable<HostEndpoint> Linked => _linked.Values;

    /// <summary>Makes the pair of an endpoint, with one end in the network namespace of a container.</summary>
    /// <exception cref="HcsException">ip fails; then nothing is left.</exception>
    /// <exception cref="OperationCanceledException">The caller has stopped waiting for the network namespace.</exception>
    public async Task ConnectAsync(string function, HostEndpoint endpoint, NetworkUser user, CancellationToken abandoned)
    {
        // The name of the interface and the default route are chosen by what the network namespace has.
        using IDisposable claim = await _places.TakeAsync(user.Place, abandoned).ConfigureAwait(false);
        string name = EndpointCounters.FreeName(user.ProcessId);
        bool isDefault = !_linked.Values.Any(other => other.Attachment?.User.Place == user.Place
            && other.Routes.Any(route => route.IsDefault));
        endpoint.Attachment = new Attachment(user, name);
        _linked[endpoint.Id] = endpoint;
        try
        {
            await tools.BatchAsync(function, Interfaces.MakePair(endpoint, user.ProcessId, name)).ConfigureAwait(false);
            await tools.BatchInAsync(function, user.ProcessId, Interfaces.Configure(endpoint, name, isDefault))
                .ConfigureAwait(false);
        }
        catch
        {
            await DisconnectAsync(function, endpoint).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Removes the pair of an endpoint, if it has one.</summary>
    /// <exception cref="HcsException">ip fails.</exception>
    public async Task DisconnectAsync(string function, HostEndpoint endpoint)
    {
        if (endpoint.Attachment is not { } had)
        {
            return;
        }

        if (MachineNetwork.Has(endpoint.Pair))
        {
            try
            {
                await tools.BatchAsync(function, Interfaces.Remove(endpoint.Pair)).ConfigureAwait(false);
            }
            catch (HcsException) when (!Directory.Exists($"/proc/{had.User.ProcessId}/ns") || !MachineNetwork.Has(endpoint.Pair))
            {
                // The kernel removes the pair of a container that has ended, in its own time.
            }
        }

        endpoint.Attachment = null;
        _linked.TryRemove(endpoint.Id, out _);
    }

    /// <summary>Removes every pair that is left.</summary>
    /// <exception cref="HcsException">ip fails.</exception>
    public async Task RemoveAsync(string function)
    {
        foreach (HostEndpoint endpoint in _linked.Values)
        {
            await DisconnectAsync(function, endpoint).ConfigureAwait(false);
        }
    }
}
