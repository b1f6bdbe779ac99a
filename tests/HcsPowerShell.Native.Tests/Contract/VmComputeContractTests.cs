using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.VmCompute;
using HcsPowerShell.Native.Tests.Mocks;

namespace HcsPowerShell.Native.Tests.Contract;

public sealed class VmComputeContractTests : LibraryContract
{
    protected override IComputeService Adapter { get; } = new VmComputeService();

    protected override MockLibrary Library => MockLibrary.VmCompute;

    protected override SchemaVersion Version { get; } = new() { Major = 1 };

    protected override string Modification =>
        """{"ResourceType":"Network","Settings":"eef2649d-bb17-4d53-9937-295a8efe6f2c","RequestType":"Add"}""";

    protected override string Document(string owner) =>
        HcsJson.Write(new ContainerConfig { SystemType = "Container", Owner = owner });
}
