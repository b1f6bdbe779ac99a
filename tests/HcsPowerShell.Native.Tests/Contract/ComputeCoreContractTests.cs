using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.ComputeCore;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Native.Tests.Mocks;
using Xunit;

namespace HcsPowerShell.Native.Tests.Contract;

public sealed class ComputeCoreContractTests : LibraryContract
{
    public static TheoryData<ComputeOperation, string, string> Cells => CellsOf(MockLibrary.ComputeCore);

    protected override IComputeService Adapter { get; } = new ComputeCoreService();

    protected override MockLibrary Library => MockLibrary.ComputeCore;

    protected override SchemaVersion Version { get; } = new() { Major = 2, Minor = 1 };

    protected override string Modification =>
        """{"ResourcePath":"Container/Memory/SizeInMB","RequestType":"Update","Settings":512}""";

    [Theory]
    [MemberData(nameof(Cells))]
    public Task A_fault_of_the_library_ends_as_the_table_says(ComputeOperation operation, string fault, string expected) =>
        EndsAsync(operation, fault, expected);

    protected override string Document(string owner) => HcsJson.Write(new ComputeSystem
    {
        Owner = owner, SchemaVersion = Version, Container = new Container(),
    });

    protected override string Machine => HcsJson.Write(new ComputeSystem
    {
        Owner = "contract", SchemaVersion = Version, VirtualMachine = new RawJson("{}"),
    });
}
