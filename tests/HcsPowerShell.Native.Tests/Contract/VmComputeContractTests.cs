using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.VmCompute;
using HcsPowerShell.Native.Tests.Mocks;
using Xunit;

namespace HcsPowerShell.Native.Tests.Contract;

public sealed class VmComputeContractTests : LibraryContract
{
    public static TheoryData<ComputeOperation, string, string> Cells => CellsOf(MockLibrary.VmCompute);

    protected override IEnumerable<ComputeOperation> Absent => Enum.GetValues<ComputeOperation>().Where(operation =>
        operation.IsOnMachines() && operation != ComputeOperation.Save);

    protected override IComputeService Adapter { get; } = new VmComputeService();

    protected override MockLibrary Library => MockLibrary.VmCompute;

    protected override SchemaVersion Version { get; } = new() { Major = 1 };

    protected override string Modification =>
        """{"ResourceType":"Network","Settings":"eef2649d-bb17-4d53-9937-295a8efe6f2c","RequestType":"Add"}""";

    [Theory]
    [MemberData(nameof(Cells))]
    public Task A_fault_of_the_library_ends_as_the_table_says(ComputeOperation operation, string fault, string expected) =>
        EndsAsync(operation, fault, expected);

    protected override string Document(string owner) =>
        HcsJson.Write(new ContainerConfig { SystemType = "Container", Owner = owner });
}
