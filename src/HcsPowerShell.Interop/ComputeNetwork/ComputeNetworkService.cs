using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Documents.Networks;
using HcsPowerShell.Interop.Lifecycle;
using HcsPowerShell.Interop.Networks;

namespace HcsPowerShell.Interop.ComputeNetwork;

/// <summary>The networks of Windows, by computenetwork.dll.</summary>
internal sealed class ComputeNetworkService : NetworkServiceBase
{
    private protected override Lifetime Lifetime => throw new NotImplementedException();

    private protected override IDisposable Subscribe(Action<NetworkEvent> tell) => throw new NotImplementedException();

    private protected override Task<IReadOnlyList<Guid>> FindAsync(NetworkKind kind, string? filter, CancellationToken abandoned) => throw new NotImplementedException();

    private protected override Task<string> ReadAsync(NetworkKind kind, Guid id, bool isDetailed, CancellationToken abandoned) => throw new NotImplementedException();

    private protected override Task<string> CreateAsync(NetworkKind kind, Guid id, HostComputeObject document, CancellationToken abandoned) => throw new NotImplementedException();

    private protected override Task ModifyAsync(NetworkKind kind, Guid id, ModifyNetworkSettingRequest request, CancellationToken abandoned) => throw new NotImplementedException();

    private protected override Task DeleteAsync(NetworkKind kind, Guid id, CancellationToken abandoned) => throw new NotImplementedException();

    private protected override Task<NetworkStats> GetStatisticsAsync(Guid endpoint, CancellationToken abandoned) => throw new NotImplementedException();

    private protected override Task<Version?> GetVersionAsync(CancellationToken abandoned) => throw new NotImplementedException();
}
