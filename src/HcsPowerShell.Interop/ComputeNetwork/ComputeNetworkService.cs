using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Lifecycle;
using HcsPowerShell.Interop.Native;
using HcsPowerShell.Interop.Networks;

namespace HcsPowerShell.Interop.ComputeNetwork;

/// <summary>The networks of Windows, by computenetwork.dll (Windows 10 1809, Server 2019).</summary>
internal sealed class ComputeNetworkService : NetworkServiceBase
{
    // A handler is added without a time limit of its own.
    private static readonly TimeSpan s_limitOfSubscription = TimeSpan.FromSeconds(10);

    private static readonly ComputeNetworks s_networks = new();
    private static readonly ComputeEndpoints s_endpoints = new(s_networks);
    private static readonly ComputeNamespaces s_namespaces = new();

    private protected override Lifetime Lifetime { get; } = new();

    private protected override IDisposable Subscribe(Action<NetworkEvent> tell)
    {
        NetworkSubscription subscription = new(tell);
        subscription.Begin(Lifetime, s_limitOfSubscription);
        return subscription;
    }

    private protected override Task<IReadOnlyList<Guid>> FindAsync(
        NetworkKind kind, string? filter, CancellationToken abandoned) =>
        RunAsync(kind.Enumerate, () => Objects(kind).Find(filter));

    private protected override Task<string> ReadAsync(
        NetworkKind kind, Guid id, bool isDetailed, CancellationToken abandoned) =>
        RunAsync(kind.Query, () => Objects(kind).Read(id, isDetailed, abandoned) ?? string.Empty);

    private protected override Task<string> CreateAsync(
        NetworkKind kind, Guid id, HostComputeObject document, CancellationToken abandoned) =>
        RunAsync(kind.Create, () => Objects(kind).Create(id, document, abandoned) ?? string.Empty);

    private protected override Task ModifyAsync(
        NetworkKind kind, Guid id, ModifyNetworkSettingRequest request, CancellationToken abandoned) =>
        RunAsync(kind.Modify, () => Objects(kind).Modify(id, request, abandoned));

    private protected override Task DeleteAsync(NetworkKind kind, Guid id, CancellationToken abandoned) =>
        RunAsync(kind.Delete, () => Objects(kind).Delete(id));

    private protected override Task<NetworkStats> GetStatisticsAsync(Guid endpoint, CancellationToken abandoned) => RunAsync(
        ComputeOperation.EndpointStatistics,
        () => AnswerDocument.Read<NetworkStats>(
            ComputeOperation.EndpointStatistics.Function(),
            null,
            s_endpoints.ReadCounters(endpoint, abandoned) ?? HnsCall.Get($"/endpointstats/{endpoint}")));

    private protected override Task<Version?> GetVersionAsync(CancellationToken abandoned) => RunAsync<Version?>(
        ComputeOperation.NetworkVersion,
        () => AnswerDocument.Read<SchemaVersion>(
            ComputeOperation.NetworkVersion.Function(), null, HnsCall.Get("/globals/version")).ToVersion());

    private static IComputeNetworkObjects Objects(NetworkKind kind) =>
        kind == NetworkKind.Network ? s_networks : kind == NetworkKind.Endpoint ? s_endpoints : s_namespaces;

    private static Task<T> RunAsync<T>(ComputeOperation operation, Func<T> call) =>
        NativeCall.RunAsync(operation.Function(), null, call);

    private static Task RunAsync(ComputeOperation operation, Action call) => RunAsync(operation, () =>
    {
        call();
        return true;
    });
}
