using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Faults;
using Xunit;

namespace HcsPowerShell.Embedded.Tests;

/// <summary>
/// Tests that the embedded host keeps the contract with an empty fault plan, which is how the module uses it.
/// </summary>
[Collection(CountedCollection.Name)]
public sealed class FaultyContractTests : EmbeddedContractTests
{
    private FaultyComputeService? _faulty;

    protected override bool EndsWithService => false;

    protected override IComputeService Create() => _faulty = new FaultyComputeService(base.Create());

    protected override async Task LoseServiceAsync()
    {
        _faulty!.FaultPlan = [new FaultRule { Operation = ComputeOperation.ServiceProperties, ServiceDisconnect = true }];
        await RefusedAsync(HResult.ServiceDisconnect, () => Adapter.GetPropertiesAsync(Limit));
        _faulty.FaultPlan = [];
    }
}
