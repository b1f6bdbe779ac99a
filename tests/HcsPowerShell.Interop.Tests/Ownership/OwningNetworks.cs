using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop.Tests.Ownership;

/// <summary>Endpoints and namespaces in memory.</summary>
/// <param name="call">Makes a call, which may fail before or after its work.</param>
internal sealed class OwningNetworks(Func<string, Action, Task> call) : INetworkService
{
    public event Action<NetworkEvent>? EventReceived
    {
        add => throw new NotSupportedException();
        remove => throw new NotSupportedException();
    }

    /// <summary>The objects by their guids; a namespace has the endpoints in it.</summary>
    public Dictionary<Guid, List<string>> Objects { get; } = [];

    /// <summary>Replaces the guid of each new object, as a service that takes none does.</summary>
    public bool ChoosesIds { get; set; }

    public Task<IReadOnlyList<Guid>> FindAsync<T>(string? filter, CallOptions options)
        where T : HostComputeObject => throw new NotSupportedException();

    public Task<T> GetAsync<T>(Guid id, bool isDetailed, CallOptions options)
        where T : HostComputeObject
    {
        if (!Objects.TryGetValue(id, out List<string>? endpoints))
        {
            return Task.FromException<T>(NotFound());
        }

        IEnumerable<string> resources = endpoints.Select(endpoint => $$$"""{"Type":"Endpoint","Data":{"Id":"{{{endpoint}}}"}}""");
        return Task.FromResult(HcsJson.Read<T>($$"""{"ID":"{{id}}","Resources":[{{string.Join(',', resources)}}]}"""));
    }

    public async Task<T> CreateAsync<T>(Guid id, T document, CallOptions options)
        where T : HostComputeObject
    {
        Guid made = ChoosesIds ? Guid.NewGuid() : id;
        await call("create " + typeof(T).Name, () => Objects.Add(made, []));
        return await GetAsync<T>(made, isDetailed: false, options);
    }

    public Task ModifyAsync<T>(Guid id, ModifyNetworkSettingRequest request, CallOptions options)
        where T : HostComputeObject => call(request.RequestType!, () =>
        {
            List<string> endpoints = Objects.TryGetValue(id, out List<string>? found) ? found : throw NotFound();
            string endpoint = HcsJson.Read<NamespaceEndpoint>(request.Settings!.Text).EndpointId!;
            if (request.RequestType == "Add" ? endpoints.Contains(endpoint) : !endpoints.Remove(endpoint))
            {
                int code = request.RequestType == "Add" ? HResult.EndpointInNamespace : HResult.EndpointNotAttached;
                throw new HcsException("HcnModifyNamespace", code);
            }

            if (request.RequestType == "Add")
            {
                endpoints.Add(endpoint);
            }
        });

    public Task DeleteAsync<T>(Guid id, CallOptions options)
        where T : HostComputeObject => call("delete " + typeof(T).Name, () =>
        {
            if (!Objects.TryGetValue(id, out List<string>? endpoints))
            {
                throw NotFound();
            }

            if (endpoints.Count > 0)
            {
                throw new HcsException("HcnDeleteNamespace", HResult.HasReferences);
            }

            Objects.Remove(id);
        });

    public Task<NetworkStats> GetStatisticsAsync(Guid endpoint, CallOptions options) => throw new NotSupportedException();

    public Task<Version?> GetVersionAsync(CallOptions options) => throw new NotSupportedException();

    private static HcsException NotFound() => new("HcnOpenEndpoint", HResult.ElementNotFound);
}
