using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Networks;

namespace HcsPowerShell.Interop.Faults;

/// <summary>The networks of a host, whose calls fail as the plan requires.</summary>
internal sealed class FaultyNetworks(INetworkService inner, FaultInjector injector) : INetworkService
{
    public event Action<NetworkEvent>? EventReceived
    {
        add => inner.EventReceived += value;
        remove => inner.EventReceived -= value;
    }

    public Task<IReadOnlyList<Guid>> FindAsync<T>(string? filter, CallOptions options)
        where T : HostComputeObject => injector.ServeAsync(
            NetworkKind.Of<T>().Enumerate, options, served => inner.FindAsync<T>(filter, served));

    public Task<T> GetAsync<T>(Guid id, bool isDetailed, CallOptions options)
        where T : HostComputeObject => injector.ServeAsync(
            NetworkKind.Of<T>().Query, options, served => inner.GetAsync<T>(id, isDetailed, served));

    public Task<T> CreateAsync<T>(Guid id, T document, CallOptions options)
        where T : HostComputeObject => injector.ServeAsync(
            NetworkKind.Of<T>().Create,
            options,
            served => inner.CreateAsync(id, document, served),
            undo: made => inner.DeleteAsync<T>(made.Guid, default));

    public Task ModifyAsync<T>(Guid id, ModifyNetworkSettingRequest request, CallOptions options)
        where T : HostComputeObject => injector.ServeAsync(
            NetworkKind.Of<T>().Modify, options, served => inner.ModifyAsync<T>(id, request, served));

    public Task DeleteAsync<T>(Guid id, CallOptions options)
        where T : HostComputeObject => injector.ServeAsync(
            NetworkKind.Of<T>().Delete, options, served => inner.DeleteAsync<T>(id, served));

    public Task<NetworkStats> GetStatisticsAsync(Guid endpoint, CallOptions options) => injector.ServeAsync(
        ComputeOperation.EndpointStatistics, options, served => inner.GetStatisticsAsync(endpoint, served));

    public Task<Version?> GetVersionAsync(CallOptions options) =>
        injector.ServeAsync(ComputeOperation.NetworkVersion, options, inner.GetVersionAsync);
}
