using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Networks;

namespace HcsPowerShell.Embedded.Tests.Faults;

/// <summary>Networks on which every call succeeds at once, and is recorded.</summary>
internal sealed class ObedientNetworks(CallLog log) : INetworkService
{
    public event Action<NetworkEvent>? EventReceived
    {
        add { }
        remove { }
    }

    public Task<IReadOnlyList<Guid>> FindAsync<T>(string? filter, CallOptions options)
        where T : HostComputeObject => Do<IReadOnlyList<Guid>>(NetworkKind.Of<T>().Enumerate, []);

    public Task<T> GetAsync<T>(Guid id, bool isDetailed, CallOptions options)
        where T : HostComputeObject => Do(NetworkKind.Of<T>().Query, Activator.CreateInstance<T>());

    public Task<T> CreateAsync<T>(Guid id, T document, CallOptions options)
        where T : HostComputeObject
    {
        T made = document ?? Activator.CreateInstance<T>();
        made.Id = id.ToString();
        return Do(NetworkKind.Of<T>().Create, made);
    }

    public Task ModifyAsync<T>(Guid id, ModifyNetworkSettingRequest request, CallOptions options)
        where T : HostComputeObject => Do(NetworkKind.Of<T>().Modify, true);

    public Task DeleteAsync<T>(Guid id, CallOptions options)
        where T : HostComputeObject => Do(NetworkKind.Of<T>().Delete, true);

    public Task<NetworkStats> GetStatisticsAsync(Guid endpoint, CallOptions options) =>
        Do(ComputeOperation.EndpointStatistics, new NetworkStats());

    public Task<Version?> GetVersionAsync(CallOptions options) =>
        Do<Version?>(ComputeOperation.NetworkVersion, new Version(13, 3));

    private Task<T> Do<T>(ComputeOperation operation, T result) => log.Do(operation.ToString(), result);
}
