using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Layers;

namespace HcsPowerShell.Targets;

/// <summary>
/// Tells the version of Windows in layers. The configuration of a stored image is asked first, when the layer is the
/// newest one of the image; then the version resource in the layer.
/// </summary>
/// <remarks>An object serves one command: it reads the images once.</remarks>
internal sealed class LayerVersions(HcsHost host)
{
    private IReadOnlyList<ImageProperties>? _images;

    /// <summary>Returns the version; null when nothing tells it, as on a host that is no Windows.</summary>
    public async Task<Version?> OfAsync(LayerProperties layer, Deadline deadline) =>
        host.Properties.OSVersion is null || layer.Kind == LayerKind.Scratch
            ? layer.OSVersion
            : (await ImagesAsync(deadline).ConfigureAwait(false))
                .FirstOrDefault(image =>
                    image.OSVersion is not null && image.Layers.Count > 0 && LayerPath.Same(image.Layers[0], layer.Path))
                ?.OSVersion ?? layer.OSVersion;

    /// <summary>The newest of the layers that tells its version; null when none does.</summary>
    public async Task<(LayerProperties Layer, Version Version)?> NewestAsync(
        IEnumerable<LayerProperties> layers, Deadline deadline)
    {
        foreach (LayerProperties layer in layers)
        {
            if (await OfAsync(layer, deadline).ConfigureAwait(false) is { } version)
            {
                return (layer, version);
            }
        }

        return null;
    }

    private async Task<IReadOnlyList<ImageProperties>> ImagesAsync(Deadline deadline)
    {
        try
        {
            return _images ??= await host.Service.Images.GetImagesAsync(deadline).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ImageException or UnauthorizedAccessException)
        {
            // The layer itself can still tell: a store of Docker that is damaged or closed is no fault of it.
            return _images = [];
        }
    }
}
