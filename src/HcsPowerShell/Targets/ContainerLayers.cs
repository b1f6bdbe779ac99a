using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Targets;

/// <summary>Completes the storage of a container that is given by an image or by the folders of layers.</summary>
internal static class ContainerLayers
{
    private const string UtilityVM = "UtilityVM";

    private static readonly TimeSpan s_toUndo = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Adds the layers down to the base, their ids and, under Hyper-V isolation, the utility virtual machine.
    /// </summary>
    /// <param name="host">The host of the container.</param>
    /// <param name="config">The configuration, which is completed in place.</param>
    /// <param name="image">The image; null when the layers are given.</param>
    /// <param name="deadline">The time limit of the command.</param>
    /// <exception cref="LayerException">A layer cannot be used.</exception>
    /// <exception cref="HcsDocumentException">The host needs a scratch, and none is named.</exception>
    public static async Task CompleteAsync(HcsHost host, ContainerConfig config, ImageProperties? image, Deadline deadline)
    {
        string[] folders = image is not null ? [.. image.Layers] : [.. Unnamed(config)];
        if (folders.Length == 0)
        {
            if (image is not null)
            {
                throw new ImageException(
                    ImageProblem.NotFound, image.Name ?? image.Digest, $"Image '{image.Name}' has no layers on this machine.");
            }

            return;
        }

        if (!host.Properties.MountsScratch
            && string.IsNullOrEmpty(config.LayerFolderPath)
            && string.IsNullOrEmpty(config.VolumePath))
        {
            throw new HcsDocumentException(
                nameof(config.LayerFolderPath),
                $"host '{host.Name}' makes no scratch for a container; make one with New-HcsLayer -ParentLayer, and pipe what"
                    + " Mount-HcsLayer writes into this command");
        }

        config.Layers = [.. await host.Service.Layers.GetChainAsync(folders, deadline).ConfigureAwait(false)];
        if (config.HvPartition && config.HvRuntime is null)
        {
            config.HvRuntime = await FindUtilityAsync(host, config.Layers, deadline).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Creates a container, after the scratch in a folder that does not exist yet. The scratch is kept with what the
    /// container writes, and removed again when the container cannot be created.
    /// </summary>
    /// <param name="host">The host of the container.</param>
    /// <param name="config">The configuration, when the document has schema 1.</param>
    /// <param name="deadline">The time limit of the command.</param>
    /// <param name="create">Creates the container.</param>
    public static async Task WithScratchAsync(
        HcsHost host, ContainerConfig? config, Deadline deadline, Func<Task> create)
    {
        if (config is null || !NeedsScratch(host, config))
        {
            await create().ConfigureAwait(false);
            return;
        }

        string path = config.LayerFolderPath!;
        ILayerService layers = host.Service.Layers;
        await layers.CreateScratchAsync(
            path, [.. config.Layers!.Select(layer => layer.Path!)], config.StorageSandboxSize, deadline).ConfigureAwait(false);
        bool isCreated = false;
        try
        {
            await create().ConfigureAwait(false);
            isCreated = true;
        }
        finally
        {
            if (!isCreated)
            {
                await layers.RemoveAsync(path, deadline.ToCleanUp(s_toUndo)).ConfigureAwait(false);
            }
        }
    }

    private static bool NeedsScratch(HcsHost host, ContainerConfig config) =>
        host.Properties.MountsScratch
        && config.Layers is { Length: > 0 }
        && string.IsNullOrEmpty(config.VolumePath)
        && config.LayerFolderPath is { Length: > 0 } path
        && !Directory.Exists(path)
        && !File.Exists(path);

    // A layer with an id is one that the user has looked up; nothing is added then.
    private static IEnumerable<string> Unnamed(ContainerConfig config) =>
        config.Layers is { Length: > 0 } layers && layers.All(layer => string.IsNullOrEmpty(layer.ID))
            ? layers.Select(layer => layer.Path).OfType<string>()
            : [];

    private static async Task<HvRuntime?> FindUtilityAsync(HcsHost host, IEnumerable<Layer> layers, Deadline deadline)
    {
        foreach (Layer layer in layers)
        {
            LayerProperties properties =
                await host.Service.Layers.GetPropertiesAsync(layer.Path!, deadline).ConfigureAwait(false);
            if (properties.HasUtilityVM)
            {
                return new HvRuntime { ImagePath = Path.Combine(properties.Path, UtilityVM) };
            }
        }

        return null;
    }
}
