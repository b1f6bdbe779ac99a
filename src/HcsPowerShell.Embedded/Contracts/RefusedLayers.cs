using System.Collections.Generic;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Contracts;

/// <summary>The layers of an isolation that has none; it refuses every call.</summary>
/// <param name="isolation">Name of the isolation.</param>
internal sealed class RefusedLayers(string isolation) : ILayerService
{
    public Task<LayerProperties> GetPropertiesAsync(string path, CallOptions options) =>
        Task.FromException<LayerProperties>(Refused("GetLayerMountPath"));

    public Task<IReadOnlyList<Layer>> GetChainAsync(IReadOnlyList<string> layers, CallOptions options) =>
        Task.FromException<IReadOnlyList<Layer>>(Refused("NameToGuid"));

    public Task<LayerUsage> GetUsageAsync(string path, CallOptions options) =>
        Task.FromException<LayerUsage>(Refused("GetLayerMountPath"));

    public Task<IReadOnlyList<string>> GetMountedAsync(CallOptions options) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    public Task CreateScratchAsync(string path, IReadOnlyList<string> parents, ulong size, CallOptions options) =>
        Task.FromException(Refused("CreateSandboxLayer"));

    public Task<MountedLayer> MountAsync(string path, IReadOnlyList<string> parents, CallOptions options) =>
        Task.FromException<MountedLayer>(Refused("PrepareLayer"));

    public Task DismountAsync(string path, CallOptions options) => Task.FromException(Refused("UnprepareLayer"));

    public Task RemoveAsync(string path, CallOptions options) => Task.FromException(Refused("DestroyLayer"));

    public Task<string?> FindOwnFolderAsync(bool isMade, CallOptions options) => isMade
        ? Task.FromException<string?>(Refused("CreateDirectory"))
        : Task.FromResult<string?>(null);

    public Task InitializeAsync(string path, CallOptions options) => Task.FromException(Refused("ProcessBaseImage"));

    private HcsException Refused(string function) => Refusal.NotSupported(
        null, function, $"Isolation {isolation} has no layers; on Linux, isolation Oci has.");
}
