using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using HcsPowerShell.Contract;
using HcsPowerShell.Contract.Networks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Oci;
using HcsPowerShell.Interop;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci.Networks;

/// <summary>Runs the contract of networks with bridges of this machine.</summary>
[WideStage]
public sealed class OciNetworkContractTests : NetworkContract
{
    private static int s_prefixes;

    private readonly HeldTools _tools = new();
    private readonly OciIsolation _isolation;
    private string? _host;

    public OciNetworkContractTests()
    {
        OciMachine.SkipUnlessPossible();
        Assert.SkipUnless(File.Exists("/usr/sbin/nft"), "Needs the package nftables.");
        _isolation = new OciIsolation(RuncProgram.Find()!, _tools);
    }

    protected override INetworkService Networks => _isolation.Networks;

    // They change objects in memory alone.
    protected override ComputeOperation[] Immediate =>
    [
        ComputeOperation.EnumerateNetworks, ComputeOperation.EnumerateEndpoints, ComputeOperation.EnumerateNamespaces,
        ComputeOperation.QueryNetwork, ComputeOperation.QueryEndpoint, ComputeOperation.QueryNamespace,
        ComputeOperation.CreateEndpoint, ComputeOperation.CreateNamespace,
        ComputeOperation.ModifyNetwork, ComputeOperation.ModifyNamespace,
        ComputeOperation.DeleteEndpoint, ComputeOperation.DeleteNamespace,
        ComputeOperation.EndpointStatistics, ComputeOperation.NetworkVersion,
    ];

    protected override IEnumerable<string> Left => _host is { } host
        ? OciTest.Run("ip", "-br", "link").Split('\n').Concat(OciTest.Run("nft", "list", "tables").Split('\n'))
            .Where(line => line.Contains(host[..8], StringComparison.Ordinal))
        : [];

    protected override string NewPrefix(int length = 24) => $"10.213.{Interlocked.Increment(ref s_prefixes)}.0/{length}";

    protected override ushort NewPort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Any, 0));
        return (ushort)((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    protected override IHeldCalls HoldUp(ComputeOperation operation) => _tools.Hold();

    protected override void Disposed()
    {
        // Null if the test was skipped.
        _host = _isolation?.HostName;
        _isolation?.Dispose();
    }
}
