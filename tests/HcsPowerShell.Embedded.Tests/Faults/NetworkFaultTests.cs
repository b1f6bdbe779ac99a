using System;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Faults;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Faults;

/// <summary>Tests that a fault plan disturbs the networks of a host.</summary>
public sealed class NetworkFaultTests
{
    public static TheoryData<string, ComputeOperation> EveryMethod => new()
    {
        { nameof(INetworkService.FindAsync), ComputeOperation.EnumerateNetworks },
        { nameof(INetworkService.FindAsync), ComputeOperation.EnumerateEndpoints },
        { nameof(INetworkService.FindAsync), ComputeOperation.EnumerateNamespaces },
        { nameof(INetworkService.GetAsync), ComputeOperation.QueryNetwork },
        { nameof(INetworkService.GetAsync), ComputeOperation.QueryEndpoint },
        { nameof(INetworkService.GetAsync), ComputeOperation.QueryNamespace },
        { nameof(INetworkService.CreateAsync), ComputeOperation.CreateNetwork },
        { nameof(INetworkService.CreateAsync), ComputeOperation.CreateEndpoint },
        { nameof(INetworkService.CreateAsync), ComputeOperation.CreateNamespace },
        { nameof(INetworkService.ModifyAsync), ComputeOperation.ModifyNetwork },
        { nameof(INetworkService.ModifyAsync), ComputeOperation.ModifyEndpoint },
        { nameof(INetworkService.ModifyAsync), ComputeOperation.ModifyNamespace },
        { nameof(INetworkService.DeleteAsync), ComputeOperation.DeleteNetwork },
        { nameof(INetworkService.DeleteAsync), ComputeOperation.DeleteEndpoint },
        { nameof(INetworkService.DeleteAsync), ComputeOperation.DeleteNamespace },
        { nameof(INetworkService.GetStatisticsAsync), ComputeOperation.EndpointStatistics },
        { nameof(INetworkService.GetVersionAsync), ComputeOperation.NetworkVersion },
    };

    [Theory]
    [MemberData(nameof(EveryMethod))]
    public async Task Every_call_on_networks_is_the_operation_of_its_row(string method, ComputeOperation operation)
    {
        INetworkService networks =
            new DisturbedHost(new FaultRule { Operation = operation, HResult = "0x80070005" }).Service.Networks;
        MethodInfo call = networks.GetType().GetMethod(method)!;
        call = call.IsGenericMethod ? call.MakeGenericMethod(DocumentOf(operation)) : call;
        object?[] values = [.. call.GetParameters().Select(
            p => p.ParameterType.IsValueType ? Activator.CreateInstance(p.ParameterType) : null)];
        HcsException refusal = await Assert.ThrowsAsync<HcsException>(() => ((Task)call.Invoke(networks, values)!).Within());
        Assert.Equal(HResult.AccessDenied, refusal.HResult);
        Assert.Equal(operation.Function(), refusal.Function);
    }

    [Fact]
    public void No_call_on_networks_is_without_a_row()
    {
        Assert.Equal(
            typeof(INetworkService).GetMethods().Where(m => !m.IsSpecialName).Select(m => m.Name).Order(),
            EveryMethod.Select(row => row.Data.Item1).Distinct().Order());
        Assert.Equal(
            Enum.GetValues<ComputeOperation>().Where(operation => operation.IsOnNetworks()),
            EveryMethod.Select(row => row.Data.Item2).Order());
    }

    [Fact]
    public async Task A_network_that_comes_after_its_time_is_deleted_and_one_that_is_not_made_is_not()
    {
        const double Long = 100000;
        foreach ((FaultRule rule, string[] calls) in new (FaultRule, string[])[]
        {
            (new() { LateNotificationSec = Long }, ["CreateNetwork", "DeleteNetwork"]),
            (new() { DelaySec = Long }, []),
        })
        {
            rule.Operation = ComputeOperation.CreateNetwork;
            var host = new DisturbedHost(rule);
            HcsException late = await Assert.ThrowsAsync<HcsException>(() => host.Service.Networks.CreateAsync(
                Guid.NewGuid(),
                new HostComputeNetwork(),
                new CallOptions(CancellationToken.None, TimeSpan.FromMilliseconds(10))).Within());
            Assert.Equal(HResult.OperationTimeout, late.HResult);
            await Waits.Until(() => host.Calls.SequenceEqual(calls), what: "the network is deleted");
        }
    }

    private static Type DocumentOf(ComputeOperation operation) =>
        operation.ToString() is var name && name.Contains("Network", StringComparison.Ordinal) ? typeof(HostComputeNetwork)
        : name.Contains("Endpoint", StringComparison.Ordinal) ? typeof(HostComputeEndpoint)
        : typeof(HostComputeNamespace);
}
