using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Contract.Networks;

/// <summary>
/// The behavior of the networks of every host. The tests are written once and run for each adapter. Every test ends with
/// none of its objects left, which <see cref="Dispose"/> asserts.
/// </summary>
public abstract partial class NetworkContract : IDisposable
{
    private readonly CancellationTokenSource _limit = CancellationTokenSource.CreateLinkedTokenSource(
        TestContext.Current.CancellationToken);

    private readonly Stack<Func<Task>> _made = new();

    protected NetworkContract() => _limit.CancelAfter(Waits.Limit);

    /// <summary>The networks under test.</summary>
    protected abstract INetworkService Networks { get; }

    /// <summary>The operations that the adapter answers by itself, so that nothing can hold them up.</summary>
    protected virtual ComputeOperation[] Immediate => [];

    /// <summary>What is left of this test on the machine or in a library. The test reads it until it is empty.</summary>
    protected virtual IEnumerable<string> Left => [];

    /// <summary>The time limit for the steps of a test, with the longest time for each call.</summary>
    protected CallOptions Limit => new(_limit.Token, Waits.Limit);

    /// <summary>Returns a prefix of IPv4 of that length that overlaps no other on this machine; never the same twice.</summary>
    protected abstract string NewPrefix(int length = 24);

    /// <summary>Returns a port of this machine that nothing uses; never the same twice.</summary>
    protected abstract ushort NewPort();

    /// <summary>Makes calls of the operation begin in the host, and keeps them from ending there.</summary>
    protected abstract IHeldCalls HoldUp(ComputeOperation operation);

    public void Dispose()
    {
        DeleteAllAsync().Within(what: "the end of every object").GetAwaiter().GetResult();
        Disposed();
        _limit.Dispose();
        string[] left = [];
        bool isOver = SpinWait.SpinUntil(() => (left = [.. Left]).Length == 0, Waits.Limit);
        GC.SuppressFinalize(this);
        Assert.True(isOver, "Left behind: " + string.Join("; ", left));
    }

    /// <summary>Called after every object of the test is deleted.</summary>
    protected virtual void Disposed()
    {
    }

    /// <summary>A document of a network with one prefix, whose gateway has its first address.</summary>
    protected static HostComputeNetwork NetworkOf(string prefix, string? type = null) => new()
    {
        Name = NewName(),
        Type = type,
        Ipams =
        [
            new HostComputeIpam
            {
                Type = "Static",
                Subnets =
                [
                    new HostComputeSubnet
                    {
                        IpAddressPrefix = prefix,
                        Routes = [new HostComputeRoute { NextHop = Address(prefix, 1), DestinationPrefix = "0.0.0.0/0" }],
                    },
                ],
            },
        ],
        SchemaVersion = new SchemaVersion { Major = 2 },
    };

    protected static HostComputeEndpoint EndpointOf(HostComputeNetwork network, params HostComputePolicy[] policies) => new()
    {
        Name = NewName(),
        HostComputeNetwork = network.Id,
        Policies = policies.Length == 0 ? null : policies,
        SchemaVersion = new SchemaVersion { Major = 2 },
    };

    protected static HostComputeNamespace NamespaceOf() => new() { SchemaVersion = new SchemaVersion { Major = 2 } };

    /// <summary>A policy that maps a port of the host to port 80.</summary>
    protected static HostComputePolicy Mapping(ushort port, NetworkProtocol protocol = NetworkProtocol.TCP) => new()
    {
        Type = PortMappingSetting.PolicyType,
        Settings = new RawJson(HcsJson.Write(new PortMappingSetting
        {
            Protocol = protocol, InternalPort = 80, ExternalPort = port,
        })),
    };

    /// <summary>A request that adds an endpoint to a namespace, or removes it.</summary>
    protected static ModifyNetworkSettingRequest Resource(string requestType, HostComputeEndpoint endpoint) => new()
    {
        ResourceType = "Endpoint",
        RequestType = requestType,
        Settings = new RawJson(HcsJson.Write(new NamespaceEndpoint { EndpointId = endpoint.Id })),
    };

    /// <summary>The address of that number in a prefix of IPv4.</summary>
    protected static string Address(string prefix, int number)
    {
        string[] parts = prefix.Split('/')[0].Split('.');
        return string.Join('.', [.. parts[..3], (int.Parse(parts[3], null) + number).ToString(null as IFormatProvider)]);
    }

    protected static string AddressOf(HostComputeEndpoint endpoint) => endpoint.IpConfigurations![0].IpAddress!;

    protected static Guid IdOf(HostComputeObject made) => Guid.Parse(made.Id!);

    protected static string NewName() => "contract-" + Guid.NewGuid().ToString("N")[..12];

    protected async Task<T> CreateAsync<T>(T document, Guid? id = null)
        where T : HostComputeObject
    {
        T made = await Networks.CreateAsync(id ?? Guid.NewGuid(), document, Limit).Within();
        _made.Push(() => Networks.DeleteAsync<T>(IdOf(made), new CallOptions(default, Waits.Limit)));
        return made;
    }

    protected Task<HostComputeNetwork> CreateNetworkAsync() => CreateAsync(NetworkOf(NewPrefix()));

    protected Task<T> ReadAsync<T>(T made)
        where T : HostComputeObject => Networks.GetAsync<T>(IdOf(made), isDetailed: false, Limit).Within();

    protected Task DeleteAsync<T>(T made)
        where T : HostComputeObject => Networks.DeleteAsync<T>(IdOf(made), Limit).Within();

    protected Task ModifyAsync<T>(T made, ModifyNetworkSettingRequest request)
        where T : HostComputeObject => Networks.ModifyAsync<T>(IdOf(made), request, Limit).Within();

    /// <summary>Returns the ids that a filter finds; without one, all.</summary>
    protected Task<IReadOnlyList<Guid>> FindAsync<T>(string? filter = null)
        where T : HostComputeObject => Networks.FindAsync<T>(filter, Limit).Within();

    /// <summary>Requires that the call is refused with one of the codes.</summary>
    protected static async Task RefusedAsync(Func<Task> call, params int[] hresults)
    {
        HcsException refusal = await Assert.ThrowsAsync<HcsException>(call);
        Assert.True(
            hresults.Any(refusal.Is),
            $"0x{refusal.HResult:X8} for {string.Join(" or ", hresults.Select(code => $"0x{code:X8}"))}: {refusal.Message}");
    }

    /// <summary>Requires that the call is refused because its object is not there.</summary>
    protected static Task NotFoundAsync(Func<Task> call) => RefusedAsync(
        call, HResult.NetworkNotFound, HResult.EndpointNotFound, HResult.ElementNotFound);

    private async Task DeleteAllAsync()
    {
        while (_made.TryPop(out Func<Task>? delete))
        {
            try
            {
                await delete();
            }
            catch (HcsException)
            {
                // The test itself has deleted it.
            }
        }
    }
}
