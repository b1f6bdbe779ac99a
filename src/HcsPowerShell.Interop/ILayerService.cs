using System.Collections.Generic;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop;

/// <summary>
/// The layers of a host: read-only folders that containers share, and the scratches that containers write to (the layer
/// functions of hcsshim).
/// </summary>
/// <remarks>
/// A layer is named by the absolute path of its folder. Every method throws <see cref="LayerException"/> when the layer
/// does not allow the call, and <see cref="HcsException"/> when the service refuses it, with
/// <see cref="HResult.OperationTimeout"/> when its time has passed. A scratch or a mount that the caller no longer waits
/// for is removed again when the late call returns.
/// </remarks>
public interface ILayerService
{
    /// <summary>Reads what the disk and the service tell about a layer.</summary>
    Task<LayerProperties> GetPropertiesAsync(string path, CallOptions options);

    /// <summary>Completes a list of read-only layers down to the base layer, checks each, and adds the ids.</summary>
    /// <param name="layers">
    /// The folders, newest first; a list that does not end with a base layer is completed from the last folder.
    /// </param>
    /// <param name="options">How long to wait.</param>
    Task<IReadOnlyList<Layer>> GetChainAsync(IReadOnlyList<string> layers, CallOptions options);

    /// <summary>Reads all files of a layer, and the layers around it, for what it takes and who uses it.</summary>
    Task<LayerUsage> GetUsageAsync(string path, CallOptions options);

    /// <summary>The folders of the scratches that are mounted, as far as the service can tell without a path.</summary>
    Task<IReadOnlyList<string>> GetMountedAsync(CallOptions options);

    /// <summary>Creates a scratch, and writes its parents to <c>layerchain.json</c> (CreateSandboxLayer).</summary>
    /// <param name="path">The folder to create.</param>
    /// <param name="parents">
    /// The read-only layers below it, newest first; a list that does not end with a base layer is completed from the
    /// last folder.
    /// </param>
    /// <param name="size">The size in bytes; 0 means the default of the service.</param>
    /// <param name="options">How long to wait.</param>
    Task CreateScratchAsync(string path, IReadOnlyList<string> parents, ulong size, CallOptions options);

    /// <summary>Mounts a scratch (ActivateLayer, PrepareLayer, GetLayerMountPath).</summary>
    /// <param name="path">The folder of the scratch.</param>
    /// <param name="parents">As for a new scratch; empty means those of <c>layerchain.json</c>.</param>
    /// <param name="options">How long to wait.</param>
    Task<MountedLayer> MountAsync(string path, IReadOnlyList<string> parents, CallOptions options);

    /// <summary>
    /// Dismounts a scratch (UnprepareLayer, DeactivateLayer). Does nothing when it is not mounted.
    /// </summary>
    Task DismountAsync(string path, CallOptions options);

    /// <summary>Deletes a layer that nothing uses (DestroyLayer).</summary>
    Task RemoveAsync(string path, CallOptions options);

    /// <summary>
    /// Finds the folder in which this host keeps the records of what containers own, and the scratches that they own. Only
    /// administrators can enter it.
    /// </summary>
    /// <param name="isMade">True to make it when it does not exist.</param>
    /// <param name="options">How long to wait.</param>
    /// <returns>Null when it does not exist, or the host has none.</returns>
    Task<string?> FindOwnFolderAsync(bool isMade, CallOptions options);

    /// <summary>Completes an unpacked base layer, once (ProcessBaseImage, ProcessUtilityImage).</summary>
    Task InitializeAsync(string path, CallOptions options);
}
