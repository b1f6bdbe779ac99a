using System;
using System.IO;
using HcsPowerShell.Contract;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Oci;
using HcsPowerShell.Interop;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci;

/// <summary>Runs the contract in real containers. The tests add an end of a veth pair to a running container.</summary>
[Collection(CountedCollection.Name)]
[WideStage]
public sealed class OciContractTests : EmbeddedContractTests
{
    private readonly SlowRunc _runc = new();
    private readonly string _endpoint = "h" + Guid.NewGuid().ToString("N")[..10];
    private bool _hasEndpoint;

    public OciContractTests() => OciMachine.SkipUnlessPossible();

    protected override string Modification
    {
        get
        {
            if (!_hasEndpoint)
            {
                OciTest.Run("ip", "link", "add", _endpoint, "type", "veth", "peer", "name", _endpoint + "o");
                _hasEndpoint = true;
            }

            return $$"""{"ResourceType":"Network","Settings":"{{_endpoint}}","RequestType":"Add"}""";
        }
    }

    private protected override IIsolation Make() => new OciIsolation(_runc.Path);

    /// <summary>Uses a slow runc if the operation runs runc.</summary>
    protected override IHeldCalls HoldUp(ComputeOperation operation)
    {
        _ = Adapter;
        return SlowRunc.Verb(operation) is { } verb
            ? _runc.Hold(verb, Isolation.Undone(operation))
            : base.HoldUp(operation);
    }

    protected override void Disposed()
    {
        base.Disposed();
        _runc.Dispose();
        if (Directory.Exists($"/sys/class/net/{_endpoint}"))
        {
            OciTest.Run("ip", "link", "delete", _endpoint);
        }
    }
}
