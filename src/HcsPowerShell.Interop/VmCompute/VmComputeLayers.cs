using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Layers;
using HcsPowerShell.Interop.Lifecycle;

namespace HcsPowerShell.Interop.VmCompute;

/// <summary>The layers of this Windows, through vmcompute.dll, as Docker and containerd use it on every version.</summary>
internal sealed class VmComputeLayers : LayerServiceBase
{
    private protected override Lifetime Lifetime { get; } = new();

    private protected override Task<LayerFacts?> DescribeAsync(string path) => throw new NotImplementedException();

    private protected override Task<Guid> GetIdAsync(string path) => throw new NotImplementedException();

    private protected override Task<IReadOnlyList<string>> FindMountedAsync(CancellationToken abandoned) =>
        throw new NotImplementedException();

    private protected override Task MakeScratchAsync(string path, IReadOnlyList<Layer> parents, ulong size) =>
        throw new NotImplementedException();

    private protected override Task<string> AttachAsync(
        string path, IReadOnlyList<Layer> parents, CancellationToken abandoned) => throw new NotImplementedException();

    private protected override Task DetachAsync(string path) => throw new NotImplementedException();

    private protected override Task DeleteAsync(string path) => throw new NotImplementedException();

    private protected override Task CompleteAsync(string path) => throw new NotImplementedException();

    private protected override string FinalPathOf(string path) => throw new NotImplementedException();
}
