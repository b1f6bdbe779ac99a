using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Lifecycle;

namespace HcsPowerShell.Interop.Faults;

/// <summary>
/// A compute service that fails as a plan requires, and otherwise passes every call to the inner service.
/// </summary>
internal sealed class FaultyComputeService(IComputeService inner) : ComputeServiceBase, IFaultInjection
{
    private readonly FaultInjector _injector = new();

    /// <inheritdoc/>
    public IReadOnlyList<FaultRule> FaultPlan
    {
        get => _injector.Plan.Rules;
        set => _injector.Plan = new FaultPlan(value);
    }

    public override HostProperties Declared => inner.Declared;

    public override ILayerService Layers => new FaultyLayers(inner.Layers, _injector);

    public override IImageService Images => new FaultyImages(inner.Images, _injector);

    public override INetworkService Networks => new FaultyNetworks(inner.Networks, _injector);

    public override IMachineService Machines => new FaultyMachines(inner.Machines, _injector);

    private protected override Lifetime Lifetime => _injector.Connection.Lifetime;

    /// <summary>Checks a plan, and throws as setting it would.</summary>
    /// <exception cref="HcsDocumentException">
    /// A rule cannot be applied; its path names the rule and the member.
    /// </exception>
    public static void Check(IReadOnlyList<FaultRule> rules) => _ = new FaultPlan(rules);

    public override void Close()
    {
        try
        {
            inner.Close();
        }
        finally
        {
            _injector.Connection.End();
        }
    }

    private protected override async Task<ContainerBase> CreateContainerAsync(
        string id, string document, SchemaVersion version, CancellationToken abandoned)
    {
        ServiceConnection connection = _injector.Connection;
        IContainer container = await _injector.CallAsync(
            ComputeOperation.Create,
            id,
            options => inner.CreateContainerAsync(id, document, version, options),
            abandoned).ConfigureAwait(false);
        return new FaultyContainer(container, _injector, connection);
    }

    private protected override async Task<ContainerBase> OpenContainerAsync(string id, CancellationToken abandoned)
    {
        ServiceConnection connection = _injector.Connection;
        IContainer container = await _injector.CallAsync(
            ComputeOperation.Open, id, options => inner.OpenContainerAsync(id, options), abandoned)
            .ConfigureAwait(false);
        return new FaultyContainer(container, _injector, connection);
    }

    private protected override Task<IEnumerable<ContainerProperties>> GetContainersAsync(
        ComputeSystemQuery query, CancellationToken abandoned) => _injector.CallAsync(
            ComputeOperation.Enumerate,
            null,
            options => inner.GetContainersAsync(query, options),
            abandoned,
            answer => AnswerDocument.ReadList<ContainerProperties>(ComputeOperation.Enumerate.Function(), answer));

    private protected override Task<HostProperties> GetPropertiesAsync(CancellationToken abandoned) =>
        _injector.CallAsync(
            ComputeOperation.ServiceProperties, null, inner.GetPropertiesAsync, abandoned);
}
