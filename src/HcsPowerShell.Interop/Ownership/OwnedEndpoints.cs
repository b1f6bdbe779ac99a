using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop.Ownership;

/// <summary>Makes the endpoints of a container, and removes them in the order that the service requires.</summary>
internal static class OwnedEndpoints
{
    /// <summary>Makes the endpoints of a record, and the namespace that holds them, unless they are there.</summary>
    /// <param name="networks">The networks of the host.</param>
    /// <param name="held">The record; it gets the guids that the service chooses instead of those in it.</param>
    /// <param name="plan">The endpoints, as many as the record has guids.</param>
    /// <param name="isNew">False for a container that is created again; it finds what it had.</param>
    /// <param name="options">The options of the next call.</param>
    public static async Task<IReadOnlyList<HostComputeEndpoint>> MakeAsync(
        INetworkService networks,
        HeldRecord held,
        IReadOnlyList<HostComputeEndpoint> plan,
        bool isNew,
        Func<CallOptions> options)
    {
        List<HostComputeEndpoint> endpoints = [];
        for (int i = 0; i < plan.Count; i++)
        {
            HostComputeEndpoint made =
                await MakeAsync(networks, held.Record!.Endpoints[i], plan[i], isNew, options).ConfigureAwait(false);
            endpoints.Add(made);
            Guid[] guids = [.. held.Record.Endpoints];
            if (guids[i] != made.Guid)
            {
                guids[i] = made.Guid;
                held.Write(held.Record with { Endpoints = guids });
            }
        }

        if (held.Record!.Namespace is { } planned)
        {
            HostComputeNamespace document = new() { SchemaVersion = new SchemaVersion { Major = 2, Minor = 0 } };
            Guid made = (await MakeAsync(networks, planned, document, isNew, options).ConfigureAwait(false)).Guid;
            if (made != planned)
            {
                held.Write(held.Record with { Namespace = made });
            }

            foreach (Guid endpoint in held.Record.Endpoints)
            {
                await MoveAsync(networks, made, "Add", endpoint, options).ConfigureAwait(false);
            }
        }

        return endpoints;
    }

    /// <summary>Removes the endpoints from their namespace, then both. What has gone already is no failure.</summary>
    public static async Task RemoveAsync(INetworkService networks, ContainerRecord record, Func<CallOptions> options)
    {
        if (record.Namespace is { } from)
        {
            await UnlessGoneAsync(EmptyAsync(networks, from, options)).ConfigureAwait(false);
        }

        foreach (Guid endpoint in record.Endpoints)
        {
            await UnlessGoneAsync(networks.DeleteAsync<HostComputeEndpoint>(endpoint, options())).ConfigureAwait(false);
        }

        if (record.Namespace is { } id)
        {
            await UnlessGoneAsync(networks.DeleteAsync<HostComputeNamespace>(id, options())).ConfigureAwait(false);
        }
    }

    // Endpoints of the user may have joined those of the container; they stay, outside.
    private static async Task EmptyAsync(INetworkService networks, Guid id, Func<CallOptions> options)
    {
        HostComputeNamespace space =
            await networks.GetAsync<HostComputeNamespace>(id, isDetailed: false, options()).ConfigureAwait(false);
        foreach (Guid endpoint in space.Endpoints)
        {
            await UnlessGoneAsync(MoveAsync(networks, id, "Remove", endpoint, options)).ConfigureAwait(false);
        }
    }

    private static async Task<T> MakeAsync<T>(
        INetworkService networks, Guid id, T document, bool isNew, Func<CallOptions> options)
        where T : HostComputeObject
    {
        try
        {
            if (!isNew)
            {
                return await networks.GetAsync<T>(id, isDetailed: false, options()).ConfigureAwait(false);
            }
        }
        catch (HcsException e) when (e.IsNetworkObjectNotFound)
        {
            // Somebody has removed it since.
        }

        return await networks.CreateAsync(id, document, options()).ConfigureAwait(false);
    }

    private static async Task MoveAsync(
        INetworkService networks, Guid container, string request, Guid endpoint, Func<CallOptions> options)
    {
        try
        {
            await networks.ModifyAsync<HostComputeNamespace>(
                container, ModifyNetworkSettingRequest.OfEndpoint(request, endpoint.ToString()), options()).ConfigureAwait(false);
        }
        catch (HcsException e) when (e.Is(request == "Add" ? HResult.EndpointInNamespace : HResult.EndpointNotAttached))
        {
            // It is there already, or not there any more.
        }
    }

    private static async Task UnlessGoneAsync(Task removal)
    {
        try
        {
            await removal.ConfigureAwait(false);
        }
        catch (HcsException e) when (e.IsNetworkObjectNotFound)
        {
            // Somebody else has removed it.
        }
    }
}
