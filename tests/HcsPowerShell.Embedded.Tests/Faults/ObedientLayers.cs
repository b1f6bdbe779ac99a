using System.Collections.Generic;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Tests.Faults;

/// <summary>Layers on which every call succeeds at once, and is recorded.</summary>
internal sealed class ObedientLayers(CallLog log) : ILayerService
{
    public Task<LayerProperties> GetPropertiesAsync(string path, CallOptions options) =>
        log.Do("DescribeLayer", new LayerProperties { Path = path, Kind = LayerKind.Scratch });

    public Task<IReadOnlyList<Layer>> GetChainAsync(IReadOnlyList<string> layers, CallOptions options) =>
        log.Do<IReadOnlyList<Layer>>("DescribeLayer", []);

    public Task<LayerUsage> GetUsageAsync(string path, CallOptions options) =>
        log.Do("DescribeLayer", new LayerUsage(0, []));

    public Task<IReadOnlyList<string>> GetMountedAsync(CallOptions options) =>
        log.Do<IReadOnlyList<string>>("DescribeLayer", []);

    public Task<string?> FindOwnFolderAsync(bool isMade, CallOptions options) => Task.FromResult<string?>(null);

    public Task CreateScratchAsync(string path, IReadOnlyList<string> parents, ulong size, CallOptions options) =>
        log.Do("CreateLayer", true);

    public Task<MountedLayer> MountAsync(string path, IReadOnlyList<string> parents, CallOptions options) =>
        log.Do("MountLayer", new MountedLayer(path, path, []));

    public Task DismountAsync(string path, CallOptions options) => log.Do("DismountLayer", true);

    public Task RemoveAsync(string path, CallOptions options) => log.Do("RemoveLayer", true);

    public Task InitializeAsync(string path, CallOptions options) => log.Do("InitializeLayer", true);
}
