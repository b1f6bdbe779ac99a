using System.Collections.Generic;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Tests.Faults;

/// <summary>A service that does everything at once, and records the calls.</summary>
internal sealed class ObedientService : IComputeService
{
    public CallLog Log { get; } = new();

    public List<ObedientContainer> Containers { get; } = [];

    public HostProperties Declared { get; } = new() { Kind = HostKind.Embedded };

    public ILayerService Layers => new ObedientLayers(Log);

    public IImageService Images => new ObedientImages(Log);

    public IMachineService Machines => new ObedientMachines(Log);

    public INetworkService Networks => new ObedientNetworks(Log);

    public Task<IContainer> CreateContainerAsync(
        string id, string document, SchemaVersion version, CallOptions options) =>
        Log.Do("Create", Handle(id));

    public Task<IContainer> OpenContainerAsync(string id, CallOptions options) =>
        Log.Do("Open", Handle(id));

    public Task<IEnumerable<ContainerProperties>> GetContainersAsync(
        ComputeSystemQuery query, CallOptions options) =>
        Log.Do<IEnumerable<ContainerProperties>>("Enumerate", []);

    public Task<HostProperties> GetPropertiesAsync(CallOptions options) =>
        Log.Do("ServiceProperties", Declared);

    public void Close() => Log.Add("End");

    private IContainer Handle(string id)
    {
        var container = new ObedientContainer(id, Log);
        Containers.Add(container);
        return container;
    }
}
