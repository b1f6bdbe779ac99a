using System.Collections.Generic;
using HcsPowerShell.Contract.Networks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.ComputeNetwork;
using HcsPowerShell.Native.Tests.Mocks;

namespace HcsPowerShell.Native.Tests.Contract;

public sealed class ComputeNetworkContractTests : NetworkContract
{
    private readonly MockSession _session = new();
    private int _prefixes;
    private ushort _ports = 8080;

    protected override INetworkService Networks { get; } = new ComputeNetworkService();

    protected override IEnumerable<string> Left => _session.Left;

    protected override string NewPrefix(int length = 24) => $"10.20.{_prefixes++}.0/{length}";

    protected override ushort NewPort() => _ports++;

    protected override IHeldCalls HoldUp(ComputeOperation operation) => new NetworkHold(operation);
}
