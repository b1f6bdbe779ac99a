using HcsPowerShell.Embedded.Faults;
using HcsPowerShell.Embedded.Isolation;
using HcsPowerShell.Interop;
using Xunit;

namespace HcsPowerShell.Embedded.Tests;

/// <summary>With an empty fault plan the embedded host keeps the contract: this is how the module uses it.</summary>
[Collection(CountedCollection.Name)]
public sealed class FaultyContractTests : EmbeddedContractTests
{
    protected override IComputeService Create() => new FaultyComputeService(new EmbeddedComputeService(IsolationKind.Process));
}
