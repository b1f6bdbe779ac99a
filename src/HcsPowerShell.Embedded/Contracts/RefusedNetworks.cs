using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Contracts;

/// <summary>The networks of an isolation that has none; it refuses every call.</summary>
/// <param name="isolation">Name of the isolation.</param>
internal sealed class RefusedNetworks(string isolation) : INetworkService
{
    public event Action<NetworkEvent>? EventReceived
    {
        // Nothing changes, so there is no event to tell of.
        add { }
        remove { }
    }

    public Task<IReadOnlyList<Guid>> FindAsync<T>(string? filter, CallOptions options)
        where T : HostComputeObject => Task.FromException<IReadOnlyList<Guid>>(Refused("HcnEnumerateNetworks"));

    public Task<T> GetAsync<T>(Guid id, bool isDetailed, CallOptions options)
        where T : HostComputeObject => Task.FromException<T>(Refused("HcnQueryNetworkProperties"));

    public Task<T> CreateAsync<T>(Guid id, T document, CallOptions options)
        where T : HostComputeObject => Task.FromException<T>(Refused("HcnCreateNetwork"));

    public Task ModifyAsync<T>(Guid id, ModifyNetworkSettingRequest request, CallOptions options)
        where T : HostComputeObject => Task.FromException(Refused("HcnModifyNetwork"));

    public Task DeleteAsync<T>(Guid id, CallOptions options)
        where T : HostComputeObject => Task.FromException(Refused("HcnDeleteNetwork"));

    public Task<NetworkStats> GetStatisticsAsync(Guid endpoint, CallOptions options) =>
        Task.FromException<NetworkStats>(Refused("HcnQueryEndpointStats"));

    public Task<Version?> GetVersionAsync(CallOptions options) => Task.FromResult<Version?>(null);

    private HcsException Refused(string function) => Refusal.NotSupported(
        null, function, $"Isolation {isolation} has no networks; on Linux, isolation Oci has.");
}
