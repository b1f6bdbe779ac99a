using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Hosts;

/// <summary>Stands for the local service in a build without native adapters: every call says that it is missing.</summary>
internal sealed class UnavailableComputeService : IComputeService
{
    public Task<IContainer> CreateContainerAsync(
        string id, string document, SchemaVersion version, CancellationToken cancellationToken) =>
        Missing<IContainer>("HcsCreateComputeSystem");

    public Task<IContainer> OpenContainerAsync(string id, CancellationToken cancellationToken) =>
        Missing<IContainer>("HcsOpenComputeSystem");

    public Task<IEnumerable<ContainerProperties>> GetContainersAsync(
        ComputeSystemQuery query, CancellationToken cancellationToken) =>
        Missing<IEnumerable<ContainerProperties>>("HcsEnumerateComputeSystems");

    public Task<HostProperties> GetPropertiesAsync(CancellationToken cancellationToken) =>
        Missing<HostProperties>("HcsGetServiceProperties");

    public void Close()
    {
    }

    private static Task<T> Missing<T>(string function) =>
        Task.FromException<T>(new HcsException(function, HResult.ModuleNotFound));
}
