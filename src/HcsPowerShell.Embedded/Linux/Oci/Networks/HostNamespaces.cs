using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>
/// The namespaces of a host. Whoever changes one claims it, and then its endpoints, one at a time; never the other way
/// round.
/// </summary>
/// <param name="endpoints">The endpoints of the host.</param>
/// <param name="links">Their veth pairs.</param>
/// <param name="events">Learns of changes.</param>
internal sealed class HostNamespaces(HostEndpoints endpoints, EndpointLinks links, NetworkEvents events)
{
    private readonly ConcurrentDictionary<Guid, HostNamespace> _all = new();
    private readonly Claims<Guid> _claims = new();
    private int _lastNumber;

    public IEnumerable<HostNamespace> All => _all.Values;

    /// <summary>The namespace of that id, as the document of a container names it; null when there is none.</summary>
    public HostNamespace? Find(string? id) =>
        Guid.TryParse(id, out Guid guid) && _all.TryGetValue(guid, out HostNamespace? found) ? found : null;

    /// <exception cref="HcsException">There is no such namespace.</exception>
    public HostNamespace Require(string function, Guid id) => _all.TryGetValue(id, out HostNamespace? found)
        ? found
        : throw Refusal.Refused(function, HResult.ElementNotFound, $"There is no namespace {id} on this host.");

    /// <summary>Claims a namespace for a change.</summary>
    /// <exception cref="OperationCanceledException">The caller has stopped waiting.</exception>
    public Task<IDisposable> ClaimAsync(Guid id, CancellationToken abandoned) => _claims.TakeAsync(id, abandoned);

    /// <exception cref="HcsException">The document is refused, or there is such a namespace.</exception>
    public HostNamespace Create(string function, Guid id, HostComputeNamespace document)
    {
        if (document.Type is not (null or "" or "Host" or "HostDefault"))
        {
            throw Refusal.NotSupported(
                null, function, $"Type: isolation Oci has no guests, and no namespace of type {document.Type}.");
        }

        HostNamespace space = new(id, (uint)Interlocked.Increment(ref _lastNumber), document);
        if (!_all.TryAdd(id, space))
        {
            throw Refusal.Refused(function, HResult.EndpointInNamespace, $"A namespace with id {id} exists.");
        }

        events.Tell(NetworkEventType.NamespaceCreated, id);
        return space;
    }

    /// <exception cref="HcsException">There is no such object, the request is refused, or ip fails.</exception>
    public async Task ModifyAsync(
        string function, Guid id, ModifyNetworkSettingRequest request, CancellationToken abandoned)
    {
        using IDisposable claim = await ClaimAsync(id, abandoned).ConfigureAwait(false);
        HostNamespace space = Require(function, id);
        NetworkModification.RequirePart(function, request, NamespaceResource.Endpoint);
        string? text = NetworkModification.Settings<NamespaceEndpoint>(function, request).EndpointId;
        Guid endpointId = Guid.TryParse(text, out Guid found) ? found : Guid.Empty;
        using IDisposable endpointClaim = await endpoints.ClaimAsync(endpointId, abandoned).ConfigureAwait(false);
        HostEndpoint endpoint = endpoints.Require(function, endpointId);
        switch (request.RequestType)
        {
            case "Add":
                await EnterAsync(function, space, endpoint, abandoned).ConfigureAwait(false);
                break;
            case "Remove" when endpoint.Namespace == space:
                await endpoints.LeaveAsync(function, endpoint).ConfigureAwait(false);
                break;
            case "Remove":
                throw Refusal.Refused(
                    function,
                    HResult.EndpointNotAttached,
                    $"Settings: endpoint '{endpoint.ShownName}' is not in namespace {space.Id}.");
            default:
                throw NetworkModification.Unsupported(
                    function, $"RequestType: '{request.RequestType}' is none of Add and Remove.");
        }
    }

    /// <exception cref="HcsException">There is no such namespace, a container is in it, or ip fails.</exception>
    public async Task DeleteAsync(string function, Guid id, CancellationToken abandoned)
    {
        using IDisposable claim = await ClaimAsync(id, abandoned).ConfigureAwait(false);
        HostNamespace space = Require(function, id);
        if (space.Users.Count > 0)
        {
            throw NetworkModification.Unsupported(function, $"{space.ShownUsers} in namespace {space.Id}.");
        }

        foreach (HostEndpoint endpoint in space.Endpoints)
        {
            using IDisposable endpointClaim = await endpoints.ClaimAsync(endpoint.Id, abandoned).ConfigureAwait(false);
            if (endpoint.Namespace == space)
            {
                await endpoints.LeaveAsync(function, endpoint).ConfigureAwait(false);
            }
        }

        _all.TryRemove(id, out _);
        events.Tell(NetworkEventType.NamespaceDeleted, id);
    }

    private async Task EnterAsync(
        string function, HostNamespace space, HostEndpoint endpoint, CancellationToken abandoned)
    {
        if (endpoint.Namespace is { } other)
        {
            throw Refusal.Refused(
                function,
                HResult.EndpointInNamespace,
                $"Endpoint '{endpoint.ShownName}' is in namespace {HostComputeObject.IdText(other.Id)} already.");
        }

        if (endpoint.Attachment is not null)
        {
            throw endpoint.AlreadyAttached(function);
        }

        if (space.Users.Count > 0)
        {
            await links.ConnectAsync(function, endpoint, space.Users[0], abandoned).ConfigureAwait(false);
        }

        endpoint.Namespace = space;
        space.Add(endpoint);
        events.Tell(NetworkEventType.EndpointAttached, endpoint.Id);
    }
}
