using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Documents;
using HcsPowerShell.Errors;
using HcsPowerShell.Execution;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Targets;

/// <summary>An endpoint that a command acts on.</summary>
/// <param name="Host">The host of the endpoint.</param>
/// <param name="Id">Guid of the endpoint.</param>
/// <param name="Name">Its name, or its guid when it has none.</param>
internal sealed record EndpointTarget(HcsHost Host, Guid Id, string Name)
{
    private const string Add = "Add";
    private const string Remove = "Remove";

    /// <summary>A target for an endpoint that was read.</summary>
    public static EndpointTarget Of(HcsHost host, HostComputeEndpoint endpoint) =>
        new(host, endpoint.Guid, endpoint.ShownName);

    /// <summary>Reads the endpoint.</summary>
    /// <exception cref="NetworkException">There is none.</exception>
    public Task<HostComputeEndpoint> ReadAsync(Deadline deadline) => NetworkObjects.ReadEndpointAsync(Host, Id, deadline);

    /// <summary>Describes the endpoint as it is now.</summary>
    public async Task<HcsEndpoint> DescribeAsync(Deadline deadline) => await new NetworkNames(Host)
        .DescribeAsync(await ReadAsync(deadline).ConfigureAwait(false), deadline).ConfigureAwait(false);

    /// <summary>The systems that use the endpoint and exist.</summary>
    public async Task<IReadOnlyList<string>> UsersAsync(HostComputeEndpoint endpoint, Deadline deadline)
    {
        IEnumerable<string> named = SystemsOf(endpoint);
        if (HcsEndpoint.GuidOf(endpoint.HostComputeNamespace) is { } id
            && await NetworkObjects.TryReadAsync<HostComputeNamespace>(Host, id, isDetailed: false, deadline)
                .ConfigureAwait(false) is { } space)
        {
            named = named.Concat(NetworkNamespaces.ContainersOf(space));
        }

        return await new KnownSystems(Host).OfAsync(named.Distinct(ContainerId.Comparer), deadline).ConfigureAwait(false);
    }

    /// <summary>Attaches the endpoint to a container, unless it is attached to it already.</summary>
    /// <exception cref="NetworkException">The container has schema 2 and is in no namespace.</exception>
    public async Task AttachAsync(string container, ICommandOutput output, Deadline deadline)
    {
        HostComputeEndpoint endpoint = await ReadAsync(deadline).ConfigureAwait(false);
        if (SystemsOf(endpoint).Contains(container, ContainerId.Comparer))
        {
            output.Verbose($"{this} is attached to container '{container}' already.");
            return;
        }

        try
        {
            if (await NamespaceOfAsync(container, deadline).ConfigureAwait(false) is { } space)
            {
                await NetworkNamespaces.ModifyAsync(Host, space, Id, Add, deadline).ConfigureAwait(false);
            }
            else
            {
                await ModifyAsync(container, removes: false, deadline).ConfigureAwait(false);
            }
        }
        catch (HcsException e) when (e.Is(HResult.EndpointAlreadyAttached) || e.Is(HResult.EndpointInNamespace))
        {
            // Another session may have been faster; attached to another container it is a refusal.
            HostComputeEndpoint now = await ReadAsync(deadline).ConfigureAwait(false);
            if (SystemsOf(now).Any() && !SystemsOf(now).Contains(container, ContainerId.Comparer))
            {
                throw new ExplainedException(e, $"It is attached to container '{string.Join("', '", SystemsOf(now))}'.");
            }
        }
    }

    /// <summary>Detaches the endpoint from a container, or from everything that it is attached to.</summary>
    /// <param name="container">The container; null means all.</param>
    /// <param name="output">The output for messages.</param>
    /// <param name="deadline">The time limit.</param>
    public async Task DetachAsync(string? container, ICommandOutput output, Deadline deadline)
    {
        HostComputeEndpoint endpoint = await ReadAsync(deadline).ConfigureAwait(false);
        Guid? space = HcsEndpoint.GuidOf(endpoint.HostComputeNamespace);
        string[] systems = container is null ? [.. SystemsOf(endpoint)] : [container];
        foreach (string system in systems.Where(system => space is null || IsOfSchema1(system)))
        {
            await TryAsync(() => ModifyAsync(system, removes: true, deadline), output).ConfigureAwait(false);
        }

        if (space is { } id && (container is null || !IsOfSchema1(container)))
        {
            await TryAsync(() => NetworkNamespaces.ModifyAsync(Host, id, Id, Remove, deadline), output).ConfigureAwait(false);
        }
    }

    /// <summary>Detaches the endpoint from everything, and deletes it.</summary>
    public async Task RemoveAsync(ICommandOutput output, Deadline deadline)
    {
        await DetachAsync(container: null, output, deadline).ConfigureAwait(false);
        await Host.Service.Networks.DeleteAsync<HostComputeEndpoint>(Id, deadline).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override string ToString() => $"endpoint '{Name}'";

    private static IEnumerable<string> SystemsOf(HostComputeEndpoint endpoint) =>
        (endpoint.Health?.Extra?.SharedContainers ?? []).Where(id => !string.IsNullOrEmpty(id));

    // What is gone, or not attached any more, needs no detaching.
    private async Task TryAsync(Func<Task> detach, ICommandOutput output)
    {
        try
        {
            await detach().ConfigureAwait(false);
        }
        catch (HcsException e) when (ContainerEnd.SaysGone(e) || e.IsNetworkObjectNotFound || e.Is(HResult.EndpointNotAttached))
        {
            output.Verbose($"{this} needs no detaching: {HcsErrors.Reason(e)}");
        }
    }

    private uint? SchemaOf(string container) => Host.Handles.Find(container)?.CreatedFrom?.Version.Major;

    private bool IsOfSchema1(string container) => SchemaOf(container) == 1;

    /// <summary>The namespace to attach by; null for a container of schema 1, which is changed itself.</summary>
    private async Task<Guid?> NamespaceOfAsync(string container, Deadline deadline)
    {
        if (IsOfSchema1(container))
        {
            return null;
        }

        if (await Host.Ownership.FindRecordAsync(container, deadline).ConfigureAwait(false) is { Namespace: { } own })
        {
            return own;
        }

        HostComputeNamespace? space =
            await NetworkNamespaces.OfContainerAsync(Host, container, deadline).ConfigureAwait(false);
        return space is null && SchemaOf(container) is not null
            ? throw new NetworkException(
                NetworkProblem.NoNamespace, $"Container '{container}' has schema 2, and is in no network namespace.")
            : space?.Guid;
    }

    private async Task ModifyAsync(string container, bool removes, Deadline deadline)
    {
        using ContainerLease lease =
            await new ContainerTarget(Host, container, null).OpenAsync(deadline).ConfigureAwait(false);
        var settings = new ContainerConfig { EndpointList = [HostComputeObject.IdText(Id)] };
        foreach (ResourceChange change in ResourceChange.Of(settings, removes))
        {
            await lease.Container.ModifyAsync(change.Request, deadline).ConfigureAwait(false);
        }
    }
}
