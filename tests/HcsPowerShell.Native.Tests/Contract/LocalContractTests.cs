using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Local;
using HcsPowerShell.Native.Tests.Mocks;

namespace HcsPowerShell.Native.Tests.Contract;

/// <summary>Tests that the service that chooses a library keeps the contract of the library it chooses.</summary>
public sealed class LocalContractTests : MockContract
{
    protected override IComputeService Adapter { get; } = new LocalComputeService();

    protected override SchemaVersion Version { get; } = new() { Major = 2, Minor = 1 };

    protected override string Modification =>
        """{"ResourcePath":"Container/Memory/SizeInMB","RequestType":"Update","Settings":512}""";

    protected override string Document(string owner) => HcsJson.Write(new ComputeSystem
    {
        Owner = owner, SchemaVersion = Version, Container = new Container(),
    });

    protected override string Machine => HcsJson.Write(new ComputeSystem
    {
        Owner = "contract", SchemaVersion = Version, VirtualMachine = new RawJson("{}"),
    });
}
