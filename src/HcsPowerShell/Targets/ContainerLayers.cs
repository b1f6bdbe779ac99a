using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Ownership;

namespace HcsPowerShell.Targets;

/// <summary>Completes the storage of a container that is given by an image or by the folders of layers.</summary>
internal static class ContainerLayers
{
    private const string UtilityVM = "UtilityVM";

    /// <summary>
    /// Adds the layers down to the base, their ids and, under Hyper-V isolation, the utility virtual machine.
    /// </summary>
    /// <param name="host">The host of the container.</param>
    /// <param name="config">The configuration, which is completed in place.</param>
    /// <param name="image">The image; null when the layers are given.</param>
    /// <param name="keepsScratch">True to keep a scratch that is made.</param>
    /// <param name="deadline">The time limit of the command.</param>
    /// <returns>The scratch to make or use; null when the document names it, or the service makes it.</returns>
    /// <exception cref="LayerException">A layer cannot be used.</exception>
    /// <exception cref="ImageException">The image does not run on the host, or has no layers.</exception>
    public static async Task<ScratchPlan?> CompleteAsync(
        HcsHost host, ContainerConfig config, ImageProperties? image, bool keepsScratch, Deadline deadline)
    {
        if (image is { Layers.Count: 0 })
        {
            throw new ImageException(
                ImageProblem.NotFound, image.Name ?? image.Digest, $"Image '{image.Name}' has no layers on this machine.");
        }

        string[] folders = [.. image?.Layers ?? Unnamed(config)];
        if (folders.Length > 0)
        {
            config.Layers = [.. await host.Service.Layers.GetChainAsync(folders, deadline).ConfigureAwait(false)];
            if (config.HvPartition && config.HvRuntime is null)
            {
                config.HvRuntime = await FindUtilityAsync(host, config.Layers, deadline).ConfigureAwait(false);
            }

            await ImageFit.RequireAsync(host, config, image, deadline).ConfigureAwait(false);
        }

        return NeedsPlan(host, config, folders) ? Plan(host, config, keepsScratch) : null;
    }

    // Layers with ids and a scratch are a document that the user has written whole. A file is a disk that
    // the user has made.
    private static bool NeedsPlan(HcsHost host, ContainerConfig config, string[] folders) =>
        string.IsNullOrEmpty(config.VolumePath)
        && config.Layers is { Length: > 0 }
        && !File.Exists(config.LayerFolderPath)
        && (folders.Length > 0 || (!host.Properties.MountsScratch && string.IsNullOrEmpty(config.LayerFolderPath)));

    private static ScratchPlan Plan(HcsHost host, ContainerConfig config, bool keepsScratch)
    {
        string? path = string.IsNullOrEmpty(config.LayerFolderPath) ? null : config.LayerFolderPath;
        return new ScratchPlan
        {
            Path = path,
            IsKept = keepsScratch || path is not null,

            // Under Hyper-V isolation the service mounts the scratch in the virtual machine.
            IsMounted = !host.Properties.MountsScratch && !config.HvPartition,
            Size = config.StorageSandboxSize,
            Layers = [.. config.Layers!.Select(layer => layer.Path!)],
        };
    }

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
