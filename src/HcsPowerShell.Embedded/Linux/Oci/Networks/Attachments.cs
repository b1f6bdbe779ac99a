using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>Gives containers endpoints, one by one or with a namespace, and takes them back.</summary>
/// <param name="changes">The changes under way.</param>
/// <param name="endpoints">The endpoints of the host.</param>
/// <param name="namespaces">Its namespaces.</param>
/// <param name="links">The veth pairs of the endpoints.</param>
/// <param name="events">Learns of changes.</param>
internal sealed class Attachments(
    NetworkChanges changes,
    HostEndpoints endpoints,
    HostNamespaces namespaces,
    EndpointLinks links,
    NetworkEvents events)
{
    /// <summary>Gives an endpoint to a container; does nothing when the container has it.</summary>
    /// <param name="function">The call that fails.</param>
    /// <param name="container">Id of the container.</param>
    /// <param name="processId">Host process id of its first process.</param>
    /// <param name="id">Guid of the endpoint.</param>
    /// <param name="ended">Cancelled when the container ends.</param>
    /// <exception cref="HcsException">There is no such endpoint, another container has it, or ip fails.</exception>
    public Task AttachAsync(string function, string container, int processId, Guid id, CancellationToken ended) =>
        RunAsync(function, container, async () =>
        {
            using IDisposable claim = await endpoints.ClaimAsync(id, ended).ConfigureAwait(false);
            HostEndpoint endpoint = endpoints.Require(function, id);
            if (endpoint.IsOf(container))
            {
                return;
            }

            if (endpoint.Attachment is not null || endpoint.Namespace is not null)
            {
                throw endpoint.AlreadyAttached(function);
            }

            await links.ConnectAsync(function, endpoint, NetworkUser.Of(container, processId), ended).ConfigureAwait(false);
            events.Tell(NetworkEventType.EndpointAttached, id);
        });

    /// <summary>Takes an endpoint from a container, if it has it.</summary>
    /// <param name="function">The call that fails.</param>
    /// <param name="container">Id of the container.</param>
    /// <param name="id">Guid of the endpoint.</param>
    /// <param name="ended">Cancelled when the container ends.</param>
    /// <exception cref="HcsException">There is no such endpoint, or ip fails.</exception>
    public Task DetachAsync(string function, string container, Guid id, CancellationToken ended) =>
        RunAsync(function, container, async () =>
        {
            using IDisposable claim = await endpoints.ClaimAsync(id, ended).ConfigureAwait(false);
            HostEndpoint endpoint = endpoints.Require(function, id);
            if (endpoint.Namespace is null && endpoint.IsOf(container))
            {
                await links.DisconnectAsync(function, endpoint).ConfigureAwait(false);
                events.Tell(NetworkEventType.EndpointDetached, id);
            }
        });

    /// <summary>Gives a container the endpoints of a namespace, and those that come to it later.</summary>
    /// <remarks>Several containers can be in one, as those of a pod: the later ones join the network of the first.</remarks>
    /// <param name="function">The call that fails.</param>
    /// <param name="container">Id of the container.</param>
    /// <param name="processId">Host process id of its first process.</param>
    /// <param name="id">Guid of the namespace.</param>
    /// <param name="ended">Cancelled when the container ends.</param>
    /// <exception cref="HcsException">There is no such namespace, or ip fails.</exception>
    public Task JoinAsync(string function, string container, int processId, Guid id, CancellationToken ended) =>
        RunAsync(function, container, async () =>
        {
            using IDisposable claim = await namespaces.ClaimAsync(id, ended).ConfigureAwait(false);
            HostNamespace space = namespaces.Require(function, id);
            NetworkUser user = NetworkUser.Of(container, processId);
            if (space.Users.Any(other => other.Place != user.Place))
            {
                throw Refusal.Refused(
                    function,
                    HResult.EndpointInNamespace,
                    $"Namespace: {space.ShownUsers} in namespace {space.Id}, and came while this container was made:"
                        + " the next attempt joins it.");
            }

            bool isFirst = space.Users.Count == 0;
            space.Users = [.. space.Users, user];
            foreach (HostEndpoint endpoint in isFirst ? space.Endpoints : [])
            {
                using IDisposable endpointClaim = await endpoints.ClaimAsync(endpoint.Id, ended).ConfigureAwait(false);
                if (endpoint.Namespace == space)
                {
                    await links.ConnectAsync(function, endpoint, user, ended).ConfigureAwait(false);
                }
            }
        });

    /// <summary>Takes all endpoints from a container that has ended.</summary>
    /// <param name="container">Id of the container.</param>
    /// <param name="processId">Host process id of its first process.</param>
    /// <exception cref="HcsException">ip fails, or the host has ended.</exception>
    public async Task ReleaseAsync(string container, int processId)
    {
        const string Function = "HcsTerminateComputeSystem";
        HostEndpoint[] own = [.. links.Linked.Where(IsOwn)];
        HostNamespace[] joined = [.. namespaces.All.Where(space => space.Users.Any(user => user.Is(container, processId)))];

        // A container without endpoints, the common case, needs nothing.
        if (own.Length + joined.Length > 0)
        {
            await changes.RunAsync(Function, ReleaseAllAsync).ConfigureAwait(false);
        }

        bool IsOwn(HostEndpoint endpoint) =>
            endpoint.Namespace is null && endpoint.Attachment?.User.Is(container, processId) == true;

        async Task ReleaseAllAsync()
        {
            foreach (HostNamespace space in joined)
            {
                using IDisposable claim = await namespaces.ClaimAsync(space.Id, CancellationToken.None).ConfigureAwait(false);
                space.Users = [.. space.Users.Where(user => !user.Is(container, processId))];
                foreach (HostEndpoint endpoint in space.Endpoints)
                {
                    await ReleaseAsync(Function, space, endpoint).ConfigureAwait(false);
                }
            }

            foreach (HostEndpoint endpoint in own)
            {
                using IDisposable claim = await endpoints.ClaimAsync(endpoint.Id, CancellationToken.None).ConfigureAwait(false);
                if (IsOwn(endpoint))
                {
                    await links.DisconnectAsync(Function, endpoint).ConfigureAwait(false);
                    events.Tell(NetworkEventType.EndpointDetached, endpoint.Id);
                }
            }
        }
    }

    /// <summary>The endpoint that a container has under the name of an interface; null when there is none.</summary>
    public HostEndpoint? Find(int processId, string name) => links.Linked.FirstOrDefault(
        endpoint => endpoint.Attachment is { } had && had.Interface == name
            && had.User.Place == MachineNetwork.NamespaceOf(processId));

    // The endpoints of a namespace stay with the containers that are left in it.
    private async Task ReleaseAsync(string function, HostNamespace space, HostEndpoint endpoint)
    {
        using IDisposable claim = await endpoints.ClaimAsync(endpoint.Id, CancellationToken.None).ConfigureAwait(false);
        if (endpoint.Namespace != space || endpoint.Attachment is not { } had)
        {
            return;
        }

        if (space.Users.Count > 0)
        {
            endpoint.Attachment = had with { User = space.Users[0] };
        }
        else
        {
            await links.DisconnectAsync(function, endpoint).ConfigureAwait(false);
        }
    }

    private async Task RunAsync(string function, string container, Func<Task> change)
    {
        try
        {
            await changes.RunAsync(function, change).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw Refusal.AlreadyStopped(container, function);
        }
    }
}
