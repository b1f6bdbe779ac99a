using System.Collections.Generic;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Hosts;

/// <summary>The service of a host outside this process; it refuses every call.</summary>
internal sealed class UnreachableService(Elsewhere place) : IComputeService
{
    public HostProperties Declared { get; } = new() { Kind = HostKind.Embedded };

    public ILayerService Layers => throw Refusal();

    public IImageService Images => throw Refusal();

    public INetworkService Networks => throw Refusal();

    public IMachineService Machines => throw Refusal();

    public Task<IContainer> CreateContainerAsync(
        string id, string document, SchemaVersion version, CallOptions options) => throw Refusal();

    public Task<IContainer> OpenContainerAsync(string id, CallOptions options) => throw Refusal();

    public Task<IEnumerable<ContainerProperties>> GetContainersAsync(
        ComputeSystemQuery query, CallOptions options) => throw Refusal();

    public Task<HostProperties> GetPropertiesAsync(CallOptions options) => throw Refusal();

    public void Close()
    {
        // There is no service to close here.
    }

    private OtherComputerException Refusal() => new("it", place, "Get-HcsHost", "Get-HcsHost -All");
}
