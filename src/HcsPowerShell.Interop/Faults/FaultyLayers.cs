using System.Collections.Generic;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop.Faults;

/// <summary>The layers of a host, whose calls fail as the plan requires.</summary>
internal sealed class FaultyLayers(ILayerService inner, FaultInjector injector) : ILayerService
{
    public Task<LayerProperties> GetPropertiesAsync(string path, CallOptions options) => injector.ServeAsync(
        ComputeOperation.DescribeLayer, options, served => inner.GetPropertiesAsync(path, served));

    public Task<IReadOnlyList<Layer>> GetChainAsync(IReadOnlyList<string> layers, CallOptions options) =>
        injector.ServeAsync(ComputeOperation.DescribeLayer, options, served => inner.GetChainAsync(layers, served));

    public Task<LayerUsage> GetUsageAsync(string path, CallOptions options) => injector.ServeAsync(
        ComputeOperation.DescribeLayer, options, served => inner.GetUsageAsync(path, served));

    public Task<IReadOnlyList<string>> GetMountedAsync(CallOptions options) =>
        injector.ServeAsync(ComputeOperation.DescribeLayer, options, inner.GetMountedAsync);

    // Not a call on a layer: the records are the module's own.
    public Task<string?> FindOwnFolderAsync(bool isMade, CallOptions options) => inner.FindOwnFolderAsync(isMade, options);

    public Task CreateScratchAsync(string path, IReadOnlyList<string> parents, ulong size, CallOptions options) =>
        injector.ServeAsync(
            ComputeOperation.CreateLayer,
            options,
            served => inner.CreateScratchAsync(path, parents, size, served),
            undo: () => inner.RemoveAsync(path, default));

    public Task<MountedLayer> MountAsync(string path, IReadOnlyList<string> parents, CallOptions options) =>
        injector.ServeAsync(
            ComputeOperation.MountLayer,
            options,
            served => inner.MountAsync(path, parents, served),
            undo: _ => inner.DismountAsync(path, default));

    public Task DismountAsync(string path, CallOptions options) =>
        injector.ServeAsync(ComputeOperation.DismountLayer, options, served => inner.DismountAsync(path, served));

    public Task RemoveAsync(string path, CallOptions options) =>
        injector.ServeAsync(ComputeOperation.RemoveLayer, options, served => inner.RemoveAsync(path, served));

    public Task InitializeAsync(string path, CallOptions options) =>
        injector.ServeAsync(ComputeOperation.InitializeLayer, options, served => inner.InitializeAsync(path, served));
}
