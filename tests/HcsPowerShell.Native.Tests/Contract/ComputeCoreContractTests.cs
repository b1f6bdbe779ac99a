using HcsPowerShell.Interop;
using HcsPowerShell.Interop.ComputeCore;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Native.Tests.Mocks;

namespace HcsPowerShell.Native.Tests.Contract;

public sealed class ComputeCoreContractTests : LibraryContract
{
    protected override IComputeService Adapter { get; } = new ComputeCoreService();

    protected override MockLibrary Library => MockLibrary.ComputeCore;

    protected override SchemaVersion Version { get; } = new() { Major = 2, Minor = 1 };

    protected override string Modification =>
        """{"ResourcePath":"Container/Memory/SizeInMB","RequestType":"Update","Settings":512}""";

    protected override string Document(string owner) => HcsJson.Write(new ComputeSystem
    {
        Owner = owner, SchemaVersion = Version, Container = new Container(),
    });
}
